namespace Observe.Bench.Shop;

/// <summary>What the shop's 14 services do and whom they ask: every trace is a walk from one of the <see cref="Roots"/>.</summary>
internal static class ShopOperations
{
    /// <summary>Where traces start, and how often of 100.</summary>
    public static IReadOnlyList<(string Name, int Weight)> Roots { get; } =
    [
        ("frontend GET /", 22),
        ("frontend GET /product/{id}", 30),
        ("frontend GET /search", 18),
        ("frontend POST /cart", 12),
        ("frontend POST /checkout", 6),
        ("frontend GET /account/orders", 7),
        ("inventory process stock-sync", 5),
    ];

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("frontend", "GET", "/", 4, 0.001, null, "api-gateway GET /api/home"),
        new("frontend", "GET", "/product/{id}", 3, 0.001, null, "api-gateway GET /api/products/{id}"),
        new("frontend", "GET", "/search", 3, 0.002, null, "api-gateway GET /api/search"),
        new("frontend", "POST", "/cart", 2, 0.002, null, "api-gateway POST /api/cart/items"),
        new("frontend", "POST", "/checkout", 5, 0.004, null, "api-gateway POST /api/orders"),
        new("frontend", "GET", "/account/orders", 3, 0.001, null, "api-gateway GET /api/account/orders"),

        new("api-gateway", "GET", "/api/home", 1, 0.001, null,
            "?auth POST /token/verify", "recommendation GET /recommendations", "catalog GET /products"),
        new("api-gateway", "GET", "/api/products/{id}", 1, 0.001, null,
            "?auth POST /token/verify", "catalog GET /products/{id}", "pricing GET /prices/{sku}", "inventory GET /stock/{sku}"),
        new("api-gateway", "GET", "/api/search", 1, 0.001, null, "search GET /search", "?recommendation GET /recommendations"),
        new("api-gateway", "POST", "/api/cart/items", 1, 0.002, null, "auth POST /token/verify", "cart POST /carts/{id}/items"),
        new("api-gateway", "POST", "/api/orders", 1, 0.003, null, "auth POST /token/verify", "checkout POST /orders"),
        new("api-gateway", "GET", "/api/account/orders", 1, 0.001, null, "auth POST /token/verify", "user-profile GET /users/{id}"),

        new("auth", "POST", "/token/verify", 1.5, 0.004, "GET session:{token}"),
        new("user-profile", "GET", "/users/{id}", 6, 0.002, "SELECT id, name, tier FROM users WHERE id = $1"),
        new("catalog", "GET", "/products", 9, 0.001, "SELECT sku, title, price FROM products WHERE category = $1 LIMIT 40"),
        new("catalog", "GET", "/products/{id}", 5, 0.003, "SELECT * FROM products WHERE sku = $1", "?inventory GET /stock/{sku}"),
        new("search", "GET", "/search", 22, 0.004, null, "?catalog GET /products"),
        new("recommendation", "GET", "/recommendations", 14, 0.006, "ZREVRANGE similar:{sku} 0 20"),
        new("pricing", "GET", "/prices/{sku}", 2, 0.002, "GET price:{sku}"),
        new("inventory", "GET", "/stock/{sku}", 3, 0.003, "SELECT quantity FROM stock WHERE sku = $1"),
        new("inventory", "process", "stock-sync", 40, 0.008, "UPDATE stock SET quantity = $2 WHERE sku = $1"),
        new("cart", "POST", "/carts/{id}/items", 4, 0.003, "INSERT INTO cart_items (cart_id, sku, quantity) VALUES ($1, $2, $3)",
            "?pricing GET /prices/{sku}"),
        new("checkout", "POST", "/orders", 12, 0.008, "INSERT INTO orders (id, user_id, total) VALUES ($1, $2, $3)",
            "cart POST /carts/{id}/items", "pricing GET /prices/{sku}", "inventory GET /stock/{sku}", "payment POST /charges",
            "shipping process shipments", "notification process order-mails"),
        new("payment", "POST", "/charges", 85, 0.02, "INSERT INTO charges (id, order_id, amount) VALUES ($1, $2, $3)"),
        new("shipping", "process", "shipments", 30, 0.006, "INSERT INTO shipments (order_id, carrier) VALUES ($1, $2)"),
        new("notification", "process", "order-mails", 18, 0.01, null),
    ];
}
