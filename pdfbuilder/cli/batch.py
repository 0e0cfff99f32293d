"""`pdfbuilder batch`: a whole list of people in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pdfbuilder.cli import options, report

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from pdfbuilder.batch.prepare import Prepared
    from pdfbuilder.batch.printing import Printing
    from pdfbuilder.cli.progress import Tally
    from pdfbuilder.layout.display import Pages
    from pdfbuilder.order import Order
    from pdfbuilder.pipeline import Renderer


def batch(
    roster: Annotated[
        str, typer.Argument(metavar="ROSTER", help="A list of people: CSV, XLSX or YAML, or - for standard input.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Folder for one PDF a person and the manifest.")
    ] = None,
    combine: Annotated[
        Path | None, typer.Option("--combine", metavar="FILE", help="All of them in one file, for a printer.")
    ] = None,
    duplex: Annotated[
        bool, typer.Option("--duplex", help="In that file, begin each person on a fresh sheet of paper.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, max=256, metavar="N", help="Processes; as many as cores.")
    ] = None,
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast", help="Print nobody if anything is wrong with anybody.")
    ] = False,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Go on where a batch was stopped: print only what is missing or has changed."),
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Print on a Dask cluster instead.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help="How the CSV is written, if not in UTF-8: cp1252.")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="HEADING=COLUMN", help='What a heading means: "Patient ref=id". Repeatable.'),
    ] = None,
    routine: Annotated[
        str, typer.Option("--routine", "-r", metavar="ROUTINE", help="For those for whom the roster names none.")
    ] = "",
    side: options.Side = None,
    template: options.Template = "handout",
    lang: options.Language = "en",
    paper: options.Paper = None,
    orientation: options.Orientation = None,
    date: options.Date = None,
    therapist: options.Therapist = "",
    note: options.Note = "",
    tick: options.Tick = None,
    fillable: options.Fillable = False,
    safety: options.Safety = None,
    no_safety: options.NoSafety = False,
    emergency_number: options.EmergencyNumber = "",
    urgent_number: options.UrgentNumber = "",
) -> None:
    """Print a whole list of people; what the list leaves open, the options say."""
    from pdfbuilder.batch.prepare import prepare
    from pdfbuilder.batch.printing import Printing
    from pdfbuilder.batch.workers import cluster, default_processes, local
    from pdfbuilder.cli.progress import Tally
    from pdfbuilder.diagnostics import InvalidInput
    from pdfbuilder.order import order_in_words
    from pdfbuilder.output import check_apart, check_folder, check_place, make_folder
    from pdfbuilder.pipeline import Renderer
    from pdfbuilder.roster.people import read_roster

    defaults = order_in_words(
        options.option,
        routine=routine,
        side=options.the_side(side),
        date=options.day(date),
        therapist=therapist,
        note=note,
        template=template,
        language=lang,
        paper=paper,
        orientation=orientation,
        tick=tick,
        safety=options.the_safety(safety, without=no_safety),
        emergency_number=emergency_number,
        urgent_number=urgent_number,
        fillable=fillable,
    )
    _check_options(output, combine, duplex=duplex, resume=resume, fillable=fillable)
    if output:
        check_folder(output)
    if combine and not (output and combine.parent == output and not output.exists()):  # it will be made
        check_place(combine)
    renderer = Renderer()
    _check_defaults(defaults, renderer)
    people = read_roster(roster, defaults, columns=_meanings(column or ()), encoding=encoding)
    # They get ready while the orders are looked through.
    hire = local(jobs or default_processes(), len(people.entries)) if output and not scheduler else None
    prepared = prepare(people, renderer)
    report.show(prepared.problems)
    tally = Tally(prepared)
    if prepared.failed and (fail_fast or not prepared.people):
        kept = f"; {combine} is left as it was" if combine and combine.exists() else ""
        report.say(f"nothing was printed{kept}")
        raise typer.Exit(report.ExitCode.BAD_INPUT)
    if combine:
        check_apart(combine, (roster, *renderer.library.files))
    if output and combine:
        _keep_apart(combine, output, prepared)
    incomplete = False
    try:
        if output:
            # A cluster that is not there leaves no folder.
            with nullcontext(hire) if hire else cluster(scheduler or "") as executor:
                make_folder(output)
                printing = Printing(prepared, output, resume=resume)
                try:
                    _print(printing, tally, executor, elsewhere=not hire)
                    _warn_of_strangers(printing, output, combine)
                except KeyboardInterrupt:
                    report.say(f"stopped with {len(printing.records)} plans in {output}; go on with --resume")
                    raise
        if combine:
            try:
                _combine(prepared, tally, renderer, combine, duplex=duplex, alone=not output)
            except KeyboardInterrupt:
                report.say(f"stopped; {combine} was not written")
                raise
    except InvalidInput as error:
        if not (output and tally.printed):
            raise
        report.show(error.diagnostics)
        incomplete = True
    tally.show()
    if tally.failed or incomplete:
        raise typer.Exit(report.ExitCode.SOME_FAILED)


def _check_options(output: Path | None, combine: Path | None, *, duplex: bool, resume: bool, fillable: bool) -> None:
    from pdfbuilder.diagnostics import Location, Problems

    problems = Problems()
    if output is None and combine is None:
        where, hint = Location("--output"), "add -o DIR, --combine FILE, or both"
        problems.error("output", "expected a folder or a file for the plans", where, hint=hint)
    for option, path in (("--output", output), ("--combine", combine)):
        if path == Path("-"):
            message, hint = "a batch is not written to standard output", "name a folder or a file"
            problems.error("output", message, Location(option), hint=hint)
    if duplex and combine is None:
        problems.error("duplex", "only a combined file can be padded", Location("--duplex"), hint="add --combine FILE")
    if resume and output is None:
        problems.error("resume", "a batch goes on in its folder", Location("--resume"), hint="add -o DIR")
    if fillable and combine is not None and output is None:
        message = "a combined file is for a printer, and cannot be filled in"
        problems.error("fillable", message, Location("--fillable"), hint="add -o DIR")
    problems.stop_on_error()


def _keep_apart(combine: Path, output: Path, prepared: Prepared) -> None:
    """The combined file may stand among the others, but be none of them."""
    from pdfbuilder.batch.manifest import NAME
    from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location

    # Some file systems do not tell capitals apart.
    taken = {name.casefold() for name in (NAME, *(each.job.file for each in prepared.people))}
    among = combine.name.casefold() in taken and combine.parent.resolve() == output.resolve()
    if among or combine.resolve() == output.resolve():
        message = "it would take the place of another file of this batch"
        raise InvalidInput(
            [Diagnostic("combine", message, Location("--combine"), hint="choose another name, such as all.pdf")]
        )


def _check_defaults(defaults: Order, renderer: Renderer) -> None:
    """Refuse options that name nothing once, and not at every row."""
    from msgspec.structs import replace

    from pdfbuilder.batch.prepare import unfound
    from pdfbuilder.diagnostics import InvalidInput, Location

    # Here the routine is an option.
    if found := [
        replace(each, location=Location("--routine")) if each.location == Location("ROUTINE") else each
        for each in unfound(defaults, renderer.library)
    ]:
        raise InvalidInput(found)


def _meanings(columns: Iterable[str]) -> dict[str, str]:
    """Headings and what they mean, from 'Patient ref=id'."""
    from pdfbuilder.diagnostics import Location, Problems

    problems = Problems()
    meanings: dict[str, str] = {}
    for each in columns:
        heading, equals, meaning = each.rpartition("=")
        if not (equals and heading.strip()):
            message, hint = f'expected HEADING=COLUMN, got "{each}"', 'write --column "Patient ref=id"'
            problems.error("column", message, Location("--column"), hint=hint)
        elif meanings.setdefault(heading.strip(), meaning.strip()) != meaning.strip():
            message, hint = f'"{heading.strip()}" cannot mean two things', "name each heading once"
            problems.error("column", message, Location("--column"), hint=hint)
    problems.stop_on_error()
    return meanings


def _print(printing: Printing, tally: Tally, executor: Callable[[], Executor] | Executor, *, elsewhere: bool) -> None:
    """Print into the folder, by workers of this machine's or by those of a cluster."""
    from pdfbuilder.batch.job import remarked
    from pdfbuilder.cli.progress import Progress
    from pdfbuilder.roster.people import relocated

    for person in printing.kept:
        found = printing.records[person.job.id]
        tally.found(found)
        # What the layout had to give up is only known when a plan is printed, and holds for one that was.
        report.show(relocated(remarked(found.remarks), person.entry))
    with (
        Progress(len(printing.waiting)) as progress,
        closing(printing.outcomes(executor, elsewhere=elsewhere, notice=progress.say)) as outcomes,
    ):
        people = {person.job.id: person for person in printing.waiting}
        for outcome in outcomes:
            person = people[outcome.id]
            for each in relocated(outcome.problems, person.entry):
                progress.say(str(each))
            tally.count(person, outcome)
            progress.advance()


def _warn_of_strangers(printing: Printing, output: Path, combine: Path | None) -> None:
    """Say which sheets in the folder are not of this roster, or of people of it who could not be printed."""
    from pdfbuilder.diagnostics import Diagnostic, Location, Severity

    found = printing.strangers([combine.name] if combine and combine.parent.resolve() == output.resolve() else [])
    if found:
        named = ", ".join(found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
        message = f"the folder holds sheets that this batch has not made: {named}"
        hint = "do not hand them out with the others: delete them, or print into an empty folder"
        report.show([Diagnostic("other-sheets", message, Location(str(output)), hint=hint, severity=Severity.WARNING)])


def _combine(prepared: Prepared, tally: Tally, renderer: Renderer, path: Path, *, duplex: bool, alone: bool) -> None:
    """Print everybody into one file; if it is the only one, what is to be said of the plans is said here."""
    from pdfbuilder.batch.combine import combined
    from pdfbuilder.batch.job import remarked
    from pdfbuilder.cli.progress import Progress
    from pdfbuilder.output import write_file
    from pdfbuilder.roster.people import relocated

    people = [each for each in prepared.people if each.job.id not in tally.lost]
    if not people:
        return

    def laid_out() -> Iterator[tuple[str, Pages]]:
        for each in people:
            pages = renderer.press.lay_out(each.job.copy)
            if alone:
                for remark in relocated(remarked(pages.remarks), each.entry):
                    progress.say(str(remark))
                tally.add(len(pages.pages), pages.boxes, warned=bool(each.warnings or pages.remarks))
            progress.advance()
            name = each.job.copy.handout.name
            yield f"{name} ({each.job.id})" if name else each.job.id, pages

    with Progress(len(people)) as progress:
        language = people[0].job.copy.handout.language
        write_file(path, combined(laid_out(), renderer.press, language, duplex=duplex))
    plans = "1 plan" if len(people) == 1 else f"{len(people)} plans"
    report.say(f"{path}: {plans} in one file")
