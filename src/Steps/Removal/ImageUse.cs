using System.Text.Json.Nodes;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Removal;

/// <summary>
/// Who else uses an image. Its name says what is in it and not whose it is: installations with the same apps share it.
/// </summary>
internal sealed class ImageUse(StepContext context)
{
    private readonly NomadClient _nomad = context.World.Nomad;

    /// <summary>A job of another installation with this image, also a stopped one; null: none is known.</summary>
    public async Task<string?> FindOtherJobAsync(string image, CancellationToken cancellation)
    {
        var own = new JobIds(context.Answers.Nomad.Job).All;
        foreach (var job in await ListAsync(cancellation))
        {
            if (
                job.ParentID.Length == 0
                && !own.Contains(job.ID)
                && await _nomad.FindSpecificationAsync(job.ID, cancellation) is { } specification
                && Images(specification).Contains(image)
            )
            {
                return job.ID;
            }
        }

        return null;
    }

    // A token that may not list jobs can remove an installation too. The engine then still knows who uses the image.
    private async Task<IReadOnlyList<NomadJobRow>> ListAsync(CancellationToken cancellation)
    {
        try
        {
            return await _nomad.ListJobsAsync(cancellation);
        }
        catch (NomadDenied)
        {
            return [];
        }
    }

    private static IEnumerable<string> Images(JsonObject job) =>
        from grp in job["TaskGroups"] as JsonArray ?? []
        from task in grp?["Tasks"] as JsonArray ?? []
        let image = task?["Config"]?["image"] as JsonValue
        where image is not null && image.GetValueKind() == System.Text.Json.JsonValueKind.String
        select image.GetValue<string>();
}
