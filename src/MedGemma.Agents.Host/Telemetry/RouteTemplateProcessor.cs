using System.Diagnostics;
using OpenTelemetry;

namespace MedGemma.Agents.Host.Telemetry;

/// <summary>Replaces the path of a request span by its route template, so that no id of a patient or session leaves in a URL.</summary>
internal sealed class RouteTemplateProcessor : BaseProcessor<Activity>
{
    private const string NoRoute = "/{unknown}";

    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem(ServingTelemetry.UrlPath) is null)
            return;

        data.SetTag(ServingTelemetry.UrlPath, data.GetTagItem(ServingTelemetry.Route) ?? NoRoute);
        data.SetTag(ServingTelemetry.UrlQuery, null);
    }
}
