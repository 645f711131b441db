using ErpInstaller.Screens.Drawing;

namespace ErpInstaller.Screens;

/// <summary>What stands above a form and changes with its answers.</summary>
internal interface IFormPicture
{
    /// <summary>Looks at the world for what it shows.</summary>
    void Look();

    /// <summary>Its lines under the present answers.</summary>
    IEnumerable<Line> Draw(int width);
}
