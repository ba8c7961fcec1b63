namespace NetGen.Data;

/// <summary>What the values of a pixel are.</summary>
public enum ImageColor
{
    /// <summary>
    /// One value: how bright it is. Of colours it is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601), as in Pillow and OpenCV.
    /// </summary>
    Gray = 1,

    /// <summary>Red, green, blue. Gray pictures have three equal values; what is transparent stands before white.</summary>
    Rgb = 3,

    /// <summary>Red, green, blue and opacity; pictures without one are opaque.</summary>
    Rgba = 4,
}
