namespace Observe.Bench.Shop;

/// <summary>A service: how many instances run, what it is written in, and what it writes to its log.</summary>
/// <param name="Messages">Templates of what goes well; <c>{…}</c> is a variable of <see cref="MessageTemplate"/>.</param>
/// <param name="Errors">Templates of what goes wrong.</param>
internal sealed record ShopService(
    string Name, int Instances, string Language, string Version, string Logger, string[] Messages, string[] Errors)
{
    public static IReadOnlyList<ShopService> All { get; } =
    [
        new("frontend", 4, "nodejs", "5.12.0", "shop.web.Renderer",
            ["rendered {route} for {user} in {ms} ms", "{method} {route} answered {status} with {size} bytes", "asset cache hit for {key}"],
            ["rendering {route} failed after {ms} ms: upstream answered {status}", "session of {user} could not be restored"]),
        new("api-gateway", 4, "go", "2.31.4", "gateway.proxy",
            ["{method} {route} -> {status} {ms} ms", "routed request of {user} to {host}", "rate limit of {user}: {count} of 600 used"],
            ["upstream {host} answered {status} to {method} {route}", "no healthy upstream for {route}, attempt {attempt}"]),
        new("auth", 3, "java", "1.8.2", "com.shop.auth.TokenVerifier",
            ["token of {user} verified in {ms} ms", "session {key} refreshed", "issued token for {user}, valid for {count} s"],
            ["token of {user} rejected: signature does not match", "session store timed out after {ms} ms, attempt {attempt}"]),
        new("user-profile", 2, "dotnet", "3.4.0", "Shop.Profile.ProfileReader",
            ["loaded profile of {user} in {ms} ms", "profile cache holds {count} entries"],
            ["profile of {user} not found", "connection to {host} was reset while reading {user}"]),
        new("catalog", 4, "java", "7.0.9", "com.shop.catalog.ProductRepository",
            ["read {count} products for {route} in {ms} ms", "product {item} served from cache", "index of category {key} has {count} products"],
            ["query for {item} timed out after {ms} ms", "product {item} has no price"]),
        new("search", 3, "rust", "0.19.3", "search::query",
            ["query by {user} matched {count} products in {ms} ms", "segment {key} merged, {count} documents"],
            ["query took {ms} ms and was cut off", "shard {host} does not answer, attempt {attempt}"]),
        new("recommendation", 2, "python", "2.2.1", "shop.recommend.ranker",
            ["ranked {count} items for {user} in {ms} ms", "model answered for {item}"],
            ["model timed out after {ms} ms, falling back to best sellers", "no vector for {item}"]),
        new("cart", 3, "dotnet", "4.1.7", "Shop.Cart.CartStore",
            ["added {item} to cart of {user}", "cart of {user} now holds {count} items", "cart saved in {ms} ms"],
            ["cart of {user} was changed meanwhile, attempt {attempt}", "saving the cart timed out after {ms} ms"]),
        new("checkout", 3, "dotnet", "4.3.0", "Shop.Checkout.OrderPlacer",
            ["order {order} of {user} placed, total {amount} EUR", "order {order} validated in {ms} ms", "reserved {count} items for order {order}"],
            ["order {order} failed: payment answered {status}", "order {order} timed out after {ms} ms"]),
        new("pricing", 2, "go", "1.15.2", "pricing.rules",
            ["price of {item} is {amount} EUR", "applied {count} rules to {item} in {ms} ms"],
            ["no price rule for {item}", "price cache {host} refused the connection"]),
        new("inventory", 3, "java", "2.9.1", "com.shop.inventory.StockKeeper",
            ["{count} of {item} in stock", "stock of {item} read in {ms} ms", "synchronised {count} articles"],
            ["stock of {item} is negative: {count}", "deadlock while updating {item}, attempt {attempt}"]),
        new("payment", 3, "java", "6.2.5", "com.shop.payment.ChargeService",
            ["charged {amount} EUR for order {order} in {ms} ms", "card of {user} authorised", "charge for order {order} settled"],
            ["card of {user} declined for {amount} EUR", "payment provider timed out after {ms} ms for order {order}, attempt {attempt}"]),
        new("shipping", 2, "python", "1.4.4", "shop.shipping.labels",
            ["shipment for order {order} handed to carrier", "label printed in {ms} ms"],
            ["carrier refused order {order}: address incomplete", "label service answered {status}"]),
        new("notification", 2, "nodejs", "2.0.6", "shop.mail.sender",
            ["mail for order {order} sent to {user}", "queue holds {count} mails", "template {key} rendered in {ms} ms"],
            ["mail server {host} answered 451, attempt {attempt}", "mail for order {order} bounced"]),
    ];
}
