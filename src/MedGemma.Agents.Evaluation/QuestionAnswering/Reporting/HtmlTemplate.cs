namespace MedGemma.Agents.Evaluation.QuestionAnswering.Reporting;

/// <summary>The constant parts of the HTML report. The content security policy forbids every request, so nothing in the data can cause one.</summary>
internal static class HtmlTemplate
{
    /// <summary>Everything before the figures.</summary>
    /// <param name="title">Title of the page, of this program's own words.</param>
    public static string Head(string title) =>
        $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <title>{{title}}</title>
        <style>
        body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; color: #1b1b1b; background: #fff; }
        table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
        caption { text-align: left; padding: .3rem 0; color: #444; }
        th, td { border: 1px solid #b5b5b5; padding: .3rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
        thead th { background: #eef1f5; }
        th button { font: inherit; font-weight: bold; border: 0; background: none; padding: 0; cursor: pointer; text-decoration: underline; }
        [role=note] { border: 2px solid #8a4b00; padding: .6rem 1rem; }
        </style>
        </head>
        <body>
        <main>
        <h1>{{title}}</h1>
        <p role="note"><strong>Contains the evaluation's own data:</strong> patient ids, questions and answers. Keep it as the records themselves are kept.</p>

        """;

    /// <summary>Begins the table of families.</summary>
    public const string FamilyHead =
        """
        <h2>Families</h2>
        <table data-sortable=""><caption>By family of questions; the column headings sort</caption>
        <thead><tr><th scope="col"><button type="button">Family</button></th><th scope="col"><button type="button">Questions</button></th><th scope="col"><button type="button">Right</button></th><th scope="col"><button type="button">Accuracy</button></th><th scope="col"><button type="button">95 % interval</button></th><th scope="col"><button type="button">Unsure</button></th><th scope="col"><button type="button">Wrong though sure</button></th></tr></thead>
        <tbody>

        """;

    /// <summary>Begins a table of questions.</summary>
    public const string QuestionHead =
        """
        <thead><tr><th scope="col">Id</th><th scope="col">Patient</th><th scope="col">Family</th><th scope="col">Question</th><th scope="col">Gold</th><th scope="col">Predicted</th><th scope="col">Answer text</th></tr></thead>
        <tbody>

        """;

    /// <summary>Everything after the figures, with the script that sorts the families.</summary>
    public const string Foot =
        """
        </main>
        <script>
        for (const button of document.querySelectorAll('[data-sortable] button')) button.onclick = () => {
          const head = button.parentElement, body = head.closest('table').tBodies[0], column = head.cellIndex;
          const up = head.getAttribute('aria-sort') !== 'ascending';
          for (const other of head.parentElement.cells) other.removeAttribute('aria-sort');
          head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
          const key = row => row.cells[column].dataset.sort ?? row.cells[column].textContent;
          [...body.rows].sort((a, b) => (up ? 1 : -1) * key(a).localeCompare(key(b), 'en', { numeric: true })).forEach(row => body.append(row));
        };
        </script>
        </body>
        </html>

        """;
}
