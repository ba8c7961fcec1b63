using TrainingSpeed;

switch (args)
{
    case ["checkpoint", .. var folder]:
        CheckpointTime.Run(folder is [var path] ? path : Path.GetTempPath());
        return 0;
    case ["fit"]:
        FitOverhead.Run();
        return 0;
    default:
        Console.Error.WriteLine("fit, or checkpoint [FOLDER]");
        return 2;
}
