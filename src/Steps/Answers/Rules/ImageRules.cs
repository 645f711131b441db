using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Rules;

/// <summary>Rules for <c>[image]</c>.</summary>
internal sealed class ImageRules(CheckedKeys keys, ImageAnswers answers, ProblemList problems)
{
    private const string Source = "image.source";
    private const string Reference = "image.reference";
    private const string Username = "image.username";
    private const string Password = "image.password";
    private static readonly string[] OfBuilding =
    [
        "image.name",
        "image.builder",
        "image.registry",
        .. MirrorRules.Keys,
        "image.ca_certificate",
    ];

    /// <summary>Applies them.</summary>
    public void Check()
    {
        CheckSource();
        CheckLogin();
        if (answers.Source == ImageSource.Build && keys.IsSound(Source))
        {
            new MirrorRules(keys, answers, problems).Check();
        }
    }

    private void CheckSource()
    {
        if (!keys.IsSound(Source))
        {
            return;
        }

        if (answers.Source == ImageSource.Build && keys.Has(Reference))
        {
            problems.Add(
                keys.PlaceOf(Reference),
                Reference,
                "belongs to the source existing, and the source is build",
                "did you mean source = \"existing\"?"
            );
        }

        if (answers.Source == ImageSource.Existing)
        {
            if (!keys.Has(Reference))
            {
                problems.Add(keys.PlaceOf(Source), Reference, "is missing, and the source existing needs it");
            }

            foreach (var key in OfBuilding.Where(keys.Has))
            {
                problems.Warn(keys.PlaceOf(key), key, "has no effect: the source is existing, nothing is built");
            }
        }
    }

    private void CheckLogin()
    {
        if (keys.Has(Username) != keys.Has(Password))
        {
            var (there, absent) = keys.Has(Username) ? (Username, Password) : (Password, Username);
            problems.Add(keys.PlaceOf(there), absent, $"is missing, and {there} needs it");
        }
        else if (
            keys.Has(Username)
            && answers.Source == ImageSource.Build
            && answers.Registry.Length == 0
            && keys.IsSound("image.registry")
        )
        {
            problems.Warn(
                keys.PlaceOf(Username),
                Username,
                "has no effect: image.registry is empty, nothing is pushed"
            );
        }
    }
}
