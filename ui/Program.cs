using Observe.Ui.Hosting;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.Services.AddObserveUi();
var app = builder.Build();
app.MapObserveUi();
app.Run();
