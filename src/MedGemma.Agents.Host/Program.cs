Console.WriteLine("medgemma");
