"""`pdfbuilder batch`: a whole list of people in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict, Unpack

import typer

from pdfbuilder.cli import options, report, rosters

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from pdfbuilder.batch.cluster import Certificates
    from pdfbuilder.batch.prepare import Prepared
    from pdfbuilder.batch.printing import Printing
    from pdfbuilder.cli.progress import Tally
    from pdfbuilder.layout.core.display import Pages
    from pdfbuilder.pipeline import Renderer

    #: Who prints: workers of this machine's, those of a cluster, or, None, this process itself.
    _Workers = Callable[[], Executor] | Executor | None


class _Defaults(TypedDict):
    routine: rosters.Routine
    side: options.Side


class _EverybodysOptions(rosters.RosterOptions, _Defaults, options.SheetOptions):
    """How a roster is written, and what holds for those for whom it does not say otherwise."""


@options.one_by_one
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
    tls_ca_file: Annotated[
        str | None, typer.Option("--tls-ca-file", metavar="FILE", help="For tls://: who signs for all its machines.")
    ] = None,
    tls_cert: Annotated[
        str | None, typer.Option("--tls-cert", metavar="FILE", help="For tls://: this machine's certificate.")
    ] = None,
    tls_key: Annotated[
        str | None, typer.Option("--tls-key", metavar="FILE", help="For tls://: this machine's key.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Look through everything and say who would be printed; write nothing.")
    ] = False,
    **given: Unpack[_EverybodysOptions],
) -> None:
    """Print a whole list of people; what the list leaves open, the options say."""
    from pdfbuilder.batch.cluster import cluster
    from pdfbuilder.batch.prepare import prepare
    from pdfbuilder.batch.run import WorkersGone
    from pdfbuilder.batch.workers import default_processes, local
    from pdfbuilder.cli.progress import Tally
    from pdfbuilder.cli.settings import place
    from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location
    from pdfbuilder.domain.places import Places
    from pdfbuilder.files import check_apart, check_folder, check_place

    sheet = {name: value for name, value in given.items() if name in options.SheetOptions.__annotations__}
    defaults = options.order(given["routine"] or "", given["side"], of="--routine", **sheet)
    _check_options(
        output, combine, scheduler, duplex=duplex, resume=resume, fillable=given["fillable"], dry_run=dry_run
    )
    certificates = _certificates(
        scheduler, {"--tls-ca-file": tls_ca_file, "--tls-cert": tls_cert, "--tls-key": tls_key}
    )
    conventions = rosters.conventions(given)
    if output:
        check_folder(output)
    if combine and not (output and combine.parent == output and not output.exists()):  # it will be made
        check_place(combine)
    the_place = place(given)
    renderer = the_place.renderer()
    the_place.tell(defaults.under(renderer.defaults))
    listed = rosters.read(roster, defaults, conventions, renderer, outside_files=given["outside_files"])
    # They get ready while the orders are looked through.
    here = output and not dry_run and scheduler is None
    hire = local(jobs or default_processes(), len(listed.entries)) if here else None
    prepared = prepare(listed, renderer, blank_names=given["blank_names"])
    renderer.press.forget()  # others print
    report.show(prepared.problems)
    tally = Tally(prepared, "would print" if dry_run else "printed")
    if prepared.failed and (fail_fast or not prepared.people):
        kept = f"; {combine} is left as it was" if combine and combine.exists() else ""
        tally.show_people()
        report.say(f"nothing {'would be' if dry_run else 'was'} printed{kept}")
        raise typer.Exit(report.ExitCode.BAD_INPUT)
    if combine:
        check_apart(combine, (roster, *renderer.library.files))
    if output and combine:
        _keep_apart(combine, output, prepared)
    incomplete = False
    if dry_run:
        _rehearse(prepared, tally, renderer)
    else:
        try:
            if output:
                workers: AbstractContextManager[_Workers] = (
                    nullcontext(hire) if scheduler is None else cluster(scheduler, certificates, report.say)
                )
                with workers as executor:
                    _print(prepared, tally, renderer, output, combine, executor, scheduler=scheduler, resume=resume)
            if combine:
                _combine(prepared, tally, renderer, combine, duplex=duplex, alone=not output)
        except WorkersGone as gone:
            missing = f"{len(prepared.people) - tally.done - len(tally.lost):,} plans were not printed"
            missing += f", and {combine} was not written" if combine else ""
            hint = "go on with --resume, on a cluster that works or without one"
            report.show([Diagnostic("scheduler", f"{gone}; {missing}", Location("--scheduler"), hint=hint)])
            incomplete = True
        except InvalidInput as error:
            found = Places((("scheduler", Location("--scheduler")),)).put(error.diagnostics)
            if not (output and tally.printed):
                raise InvalidInput(found) from None
            report.show(found)
            incomplete = True
    tally.show()
    if tally.failures or incomplete:
        raise typer.Exit(report.ExitCode.SOME_FAILED)


def _check_options(
    output: Path | None,
    combine: Path | None,
    scheduler: str | None,
    *,
    duplex: bool,
    resume: bool,
    fillable: bool,
    dry_run: bool,
) -> None:
    from pdfbuilder.diagnostics import Location, Problems

    problems = Problems()
    if output is None and combine is None and not dry_run:
        where, hint = Location("--output"), "add -o DIR, --combine FILE, or both; or --dry-run"
        problems.error("output", "expected a folder or a file for the plans", where, hint=hint)
    for option, path in (("--output", output), ("--combine", combine)):
        if path == Path("-"):
            message, hint = "a batch is not written to standard output", "name a folder or a file"
            problems.error("output", message, Location(option), hint=hint)
    if duplex and combine is None:
        problems.error("duplex", "only a combined file can be padded", Location("--duplex"), hint="add --combine FILE")
    if resume and output is None:
        problems.error("resume", "a batch goes on in its folder", Location("--resume"), hint="add -o DIR")
    if resume and dry_run:
        message = "who looks through a roster looks at everybody in it"
        problems.error("resume", message, Location("--resume"), hint="leave out --resume or --dry-run")
    if scheduler is not None and not scheduler.strip():
        message, hint = "expected the address of a scheduler, got nothing", "write --scheduler tcp://ADDRESS:8786"
        problems.error("scheduler", message, Location("--scheduler"), hint=hint)
    if fillable and combine is not None and output is None:
        message = "a combined file is for a printer, and cannot be filled in"
        problems.error("fillable", message, Location("--fillable"), hint="add -o DIR")
    problems.stop_on_error()


def _keep_apart(combine: Path, output: Path, prepared: Prepared) -> None:
    """The combined file may stand among the others, but be none of them."""
    from pdfbuilder.batch.manifest import NAME
    from pdfbuilder.diagnostics import Diagnostic, InvalidInput, Location

    # Some file systems do not tell capitals apart.
    taken = {name.casefold() for name in (NAME, *(each.entry.file for each in prepared.people))}
    among = combine.name.casefold() in taken and combine.parent.resolve() == output.resolve()
    if among or combine.resolve() == output.resolve():
        message = "it would take the place of another file of this batch"
        raise InvalidInput(
            [Diagnostic("combine", message, Location("--combine"), hint="choose another name, such as all.pdf")]
        )


def _rehearse(prepared: Prepared, tally: Tally, renderer: Renderer) -> None:
    """Say who would be printed, and what."""
    from pdfbuilder.batch.prepare import laid_out
    from pdfbuilder.cli.progress import Progress

    lines = []
    with Progress(len(prepared.people)) as progress:
        for person, _, outcome in laid_out(prepared.people, renderer.press):
            tally.count(outcome)
            progress.advance()
            sides, size = options.sides_in_words(person.side), report.size(outcome.pages, outcome.boxes)
            lines.append(f"{outcome.id}: {sides}, {person.routine}, {size}\n")
    report.result("".join(lines))


def _certificates(scheduler: str | None, given: dict[str, str | None]) -> Certificates | None:
    """The certificates for a cluster; None for one without.

    Raises:
        InvalidInput: if one is missing, if there is no such file, or if there is no cluster.
    """
    from pdfbuilder.batch.cluster import Certificates
    from pdfbuilder.diagnostics import Location, Problems
    from pdfbuilder.files import is_file

    named = {option: path for option, path in given.items() if path}
    if not named:
        return None
    problems = Problems()
    if scheduler is None:
        problems.error("scheduler", "there is no cluster to reach", Location(next(iter(named))), hint="add --scheduler")
    for option in given:
        path = named.get(option, "")
        if not is_file(path):
            message = f"there is no file {path}" if path else "it goes with the other two"
            problems.error("scheduler", message, Location(option), hint="name a file in PEM")
    problems.stop_on_error()
    return Certificates(*named.values())


def _print(
    prepared: Prepared,
    tally: Tally,
    renderer: Renderer,
    output: Path,
    combine: Path | None,
    executor: _Workers,
    *,
    scheduler: str | None,
    resume: bool,
) -> None:
    """Print into the folder, of which this process is the sole writer."""
    from pdfbuilder.batch.cluster import ANSWER_WITHIN
    from pdfbuilder.batch.printing import Printing, at_its_cells
    from pdfbuilder.batch.workers import interrupts_later
    from pdfbuilder.cli.progress import Progress
    from pdfbuilder.files import make_folder, sole_writer

    with ExitStack() as stack:
        with interrupts_later():  # the lock is let go of, whenever Ctrl-C comes
            make_folder(output)
            stack.enter_context(sole_writer(output))
        printing = Printing(prepared, output, resume=resume)
        for outcome in printing.counted_again(renderer.press):
            tally.found(outcome)
        far = scheduler is not None
        people = {person.entry.id: person for person in printing.waiting}
        try:
            with Progress(len(people)) as progress:
                outcomes = printing.outcomes(
                    executor, elsewhere=far, patience=ANSWER_WITHIN if far else None, notice=progress.say
                )
                with closing(outcomes):
                    for outcome in outcomes:
                        tally.count(outcome)
                        if outcome.failed and len(tally.lost) <= report.MOST_SHOWN:
                            for each in at_its_cells(outcome, people[outcome.id].entry):
                                progress.say(str(each))
                        progress.advance()
            _warn_of_strangers(printing, output, combine)
        except KeyboardInterrupt:
            report.say(f"stopped with {len(printing.records)} plans in {output}; go on with --resume")
            raise


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
    """Print everybody into one file; if it is the only one, the plans are counted here."""
    from pdfbuilder.batch.combine import combined
    from pdfbuilder.batch.prepare import laid_out
    from pdfbuilder.cli.progress import Progress
    from pdfbuilder.files import write_file

    people = [each for each in prepared.people if each.entry.id not in tally.lost]
    if not people:
        return

    def plans() -> Iterator[tuple[str, Pages]]:
        for person, pages, outcome in laid_out(people, renderer.press):
            if alone:
                tally.count(outcome)
            progress.advance()
            name = person.order.person.name
            yield f"{name} ({person.entry.id})" if name else person.entry.id, pages

    try:
        with Progress(len(people)) as progress:
            language = people[0].job.copy.handout.language
            write_file(path, combined(plans(), renderer.press, language, duplex=duplex))
    except KeyboardInterrupt:
        report.say(f"stopped; {path} was not written")
        raise
    report.say(f"{path}: {'1 plan' if len(people) == 1 else f'{len(people)} plans'} in one file")
