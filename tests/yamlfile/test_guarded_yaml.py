"""Files that are no definition at all, and the constructs of YAML that are not read."""

from __future__ import annotations

import codecs
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from bounded import said_within_bounds
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import EXERCISES, ROOT, findings, nobody, placed, run, said, write

from pdfbuilder.diagnostics import InvalidInput, Problems
from pdfbuilder.reading.library import Library
from pdfbuilder.yamlfile import tree
from pdfbuilder.yamlfile.source import MOST_BYTES, SourceText, read_source
from pdfbuilder.yamlfile.tree import MapNode, Node, parse, plain

GOOD = "title: My plan\nexercises: [pelvic-tilt]\n"


def refused(path: str | Path) -> str:
    with pytest.raises(InvalidInput) as error:
        Library().check(str(path))
    return str(error.value)


def values(text: str) -> object:
    return plain(parse(SourceText("a.yaml", text, Path()), Problems()))


# --------------------------------------------------------------------------- files


def test_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    assert refused(path) == f"{path}: error[missing-file] there is no such file\n  hint: check the path"


def test_a_file_below_a_file(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD) / "below.yaml"
    assert refused(path).startswith(f"{path}: error[unreadable] the file cannot be read: Not a directory\n")


def test_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path) == (
        f"{tmp_path}: error[directory] expected a file, got a folder\n  hint: name one file inside it"
    )


def test_a_device_that_never_ends() -> None:
    assert refused("/dev/zero") == (
        "/dev/zero: error[unreadable] the file cannot be read: it is a device\n  hint: check the path"
    )


@pytest.mark.parametrize("name", ["a\0.yaml", "a" * 5000 + ".yaml"])
def test_a_name_that_no_file_can_have(name: str) -> None:
    assert "error[unreadable] the file cannot be read: " in refused(name)


def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    path.chmod(0)
    with nobody():
        assert "error[unreadable] the file may not be read\n" in refused(path)


def test_a_pipe_that_the_command_line_names_is_read_like_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(GOOD,))
    writer.start()
    assert Library().routine(str(pipe)).value.id == "pipe"
    writer.join()


@pytest.mark.parametrize("key", ["exercises: [{}]", "exercises: [pelvic-tilt]\nsafety: {}"])
def test_a_pipe_that_a_file_names_is_not_even_opened(tmp_path: Path, key: str) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")  # nobody writes into it: whoever opened it would wait
    found = said(tmp_path, f"title: A\n{key.format('./pipe.yaml')}\n")
    assert "error[unreadable]" in found
    assert "pipe.yaml: the file cannot be read: it is a pipe, which only the command line may name" in found


def test_standard_input_is_for_the_command_line_only(tmp_path: Path) -> None:
    write(tmp_path, 'title: A\nexercises: ["-"]\n')
    result = run("check", "routine.yaml", folder=tmp_path, stdin=GOOD.encode())
    assert result.code == 2
    assert result.err.startswith("routine.yaml:2:13: error[unknown-exercise] exercises[0]: there is no exercise '-'")
    assert run("check", "-", folder=tmp_path, stdin=GOOD.encode()).code == 0


def test_a_file_that_is_written_as_things_happen_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As /proc/kmsg, which says that it is an ordinary file; here a pipe says so."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    writer = os.open(pipe, os.O_RDWR)
    monkeypatch.setattr(stat, "S_ISREG", lambda _: True)
    monkeypatch.setattr(stat, "S_ISFIFO", lambda _: False)
    try:
        with pytest.raises(InvalidInput, match="the file cannot be read: there is nothing in it yet"):
            read_source(pipe)
    finally:
        os.close(writer)


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    text = GOOD + "#" * (MOST_BYTES - len(GOOD))
    assert said(tmp_path, text) == ""
    assert said(tmp_path, text + "#") == (
        "routine.yaml: error[too-large] expected at most 1,000,000 bytes\n  hint: a routine is a small text file"
    )


# --------------------------------------------------------------------------- letters


def test_latin_1_is_refused_at_its_first_letter(tmp_path: Path) -> None:
    assert said(tmp_path, "title: A\nsummary: Früh übt sich\n".encode("latin-1")) == (
        "routine.yaml:2:12: error[encoding] expected UTF-8, got the byte 0xFC\n"
        "    summary: Fr�\n"
        "               ^\n"
        "  hint: save the file as UTF-8"
    )


@pytest.mark.parametrize(
    "data",
    [codecs.BOM_UTF16_LE + GOOD.encode("utf-16-le"), codecs.BOM_UTF16_BE + GOOD.encode("utf-16-be"),
     GOOD.encode("utf-16-le"), GOOD.encode("utf-16-be")],
)  # fmt: skip
def test_utf_16_is_called_by_its_name(tmp_path: Path, data: bytes) -> None:
    assert said(tmp_path, data) == (
        "routine.yaml: error[encoding] expected UTF-8, got UTF-16\n  hint: save the file as UTF-8"
    )


def test_a_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    assert said(tmp_path, codecs.BOM_UTF8 + GOOD.encode()) == ""
    assert placed(tmp_path, codecs.BOM_UTF8 + b"tittle: A\nexercises: [pelvic-tilt]\n") == [
        "1:1 missing-key title", "1:1 unknown-key tittle",
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_editor_ends_them(tmp_path: Path, end: str) -> None:
    text = end.join(["title: My plan", "exercises:", "  - pelvic-tilt", "  - pelvic-tlt", ""])
    assert said(tmp_path, text) == (
        "routine.yaml:4:5: error[unknown-exercise] exercises[1]: there is no exercise 'pelvic-tlt'\n"
        "    - pelvic-tlt\n"
        "      ^^^^^^^^^^\n"
        "  hint: did you mean pelvic-tilt?"
    )


def test_lines_are_counted_as_editors_count_them_not_as_yaml_1_1_does(tmp_path: Path) -> None:
    # U+0085 and U+2028 break a line for libyaml.
    assert placed(tmp_path, 'title: "A\u0085B\u2028C"\nexercises: [pelvic-tlt]\n') == [
        "2:13 unknown-exercise exercises[0]"
    ]


@pytest.mark.parametrize(
    ("text", "where", "number"),
    [
        ("title: A\0B\n", "1:9", "U+0000"),
        ('title: "A \x07 B"\n', "1:11", "U+0007"),
        # in front of it letters of two and of three bytes
        ('title: é漢\nsummary: "é漢 \x1b[31m"\n', "2:14", "U+001B"),
        ("title: A\ufffe\n", "1:9", "U+FFFE"),
    ],
)
def test_a_control_character_is_found_where_it_hides(tmp_path: Path, text: str, where: str, number: str) -> None:
    assert said(tmp_path, text).startswith(
        f"routine.yaml:{where}: error[control-character] the character {number} is not allowed here\n"
    )


@pytest.mark.parametrize(
    ("text", "where", "char"),
    [
        ("title: A \u202e B", "1:10", "U+202E (right-to-left override)"),
        ("title: A\u200fB", "1:9", "U+200F (right-to-left mark)"),
        ("title: A\ue000B", "1:9", "U+E000 (a character without a name)"),
        # written as an escape, it stands nowhere by itself
        ('title: "A\\x1bB"', "1:8", "U+001B (a control character)"),
    ],
)
def test_a_character_that_cannot_be_seen_is_named(tmp_path: Path, text: str, where: str, char: str) -> None:
    assert said(tmp_path, f"{text}\nexercises: [pelvic-tilt]\n").startswith(
        f'routine.yaml:{where}: error[character] title: expected printable characters, got "{char}"\n'
    )


# --------------------------------------------------------------------------- what a file holds


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n", "---\n", "~\n", "null\n"])
def test_a_file_without_anything_in_it_is_empty(tmp_path: Path, text: str) -> None:
    found = said(tmp_path, text)
    assert "error[empty] the file is empty\n" in found
    assert found.endswith("hint: pdfbuilder new FILE writes a starter")


@pytest.mark.parametrize(
    ("text", "got"),
    [("- pelvic-tilt\n", "a list"), ("[]", "a list"), ("pelvic-tilt\n", "a single value"), ("5", "a single value")],
)
def test_a_file_holds_keys_and_values(tmp_path: Path, text: str, got: str) -> None:
    assert said(tmp_path, text).startswith(
        "routine.yaml:1:1: error[not-a-mapping] expected keys and values, such as 'title: My plan', got " + got
    )


def test_a_second_document_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    assert said(tmp_path, GOOD + "---\n" + GOOD) == (
        "routine.yaml:3:1: error[documents] expected one document, got a second one\n"
        "    ---\n"
        "    ^^^\n"
        "  hint: delete the line ---, or put the rest into a file of its own"
    )


def test_one_document_may_be_fenced(tmp_path: Path) -> None:
    assert said(tmp_path, f"---\n{GOOD}...\n") == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("title: &a A\n", "1:8 anchor"),
        ("title: A\nsummary: *a\n", "2:10 alias"),
        ("exercises: &all [pelvic-tilt]\n", "1:12 anchor"),
        ("title: !!str 5\n", "1:8 tag"),
        ("title: !x 5\n", "1:8 tag"),
        ("title: !!python/object/apply:os.system [ls]\n", "1:8 tag"),
        ("exercises: !!set {a, b}\n", "1:12 tag"),
        ("? [a, b]\n: c\n", "1:3 key"),
        ("? {a: b}\n: c\n", "1:3 key"),
        ("{{a: b}: c}\n", "1:2 key"),
        ("[" * 100_000, "1:21 too-deep"),
        ("{" * 100_000, "1:2 key"),
        ("".join(f"{' ' * depth}a:\n" for depth in range(100)), "21:21 too-deep"),
        # 20,000 values: the mapping, its key, the list, and 19,997 times x; the next x is at 9 + 2 × 19,997
        ("title: [" + "x," * 30_000 + "]", "1:40003 too-large"),
    ],
)
def test_constructs_that_nobody_needs_are_refused_where_they_stand(tmp_path: Path, text: str, found: str) -> None:
    assert placed(tmp_path, text) == [found]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[" * 100_000, "1:21 too-deep"),
        ("title: A\nexercises: " + "[" * 100_000, "2:31 too-deep"),
        ("{" * 100_000, "1:2 key"),
        ("- " * 2_000, "1:41 too-deep"),
        ("a: 1\na: 2\nb: " + "[" * 2_000, "2:1 repeated-key a; 3:23 too-deep"),
    ],
)
@pytest.mark.parametrize("loader", [yaml.CSafeLoader, yaml.SafeLoader])
def test_depth_is_found_by_us_and_not_by_a_parser_that_looks_ahead(
    tmp_path: Path, text: str, found: str, loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "_Loader", loader)
    assert placed(tmp_path, text) == found.split("; ")


def test_a_merge_key_is_a_key_like_any_other(tmp_path: Path) -> None:
    assert placed(tmp_path, GOOD + "<<: {side: left}\n") == ["3:1 unknown-key <<"]


def test_a_bomb_does_not_go_off(tmp_path: Path) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]")
    assert placed(tmp_path, "\n".join(lines)) == ["1:4 anchor"]


def test_a_key_twice_is_reported_with_its_path_and_everything_else_still_is(tmp_path: Path) -> None:
    text = "title: A\nexercises:\n  - exercise: pelvic-tilt\n    reps: 1\n    reps: ten\n    rest: 5\ntitle: B\n"
    assert placed(tmp_path, text) == [
        "5:5 repeated-key exercises[0].reps", "6:11 dose-rest exercises[0].rest", "7:1 repeated-key title",
    ]  # fmt: skip
    assert said(tmp_path, text).endswith(
        "routine.yaml:7:1: error[repeated-key] title: the key title stands here again; it is first on line 1\n"
        "    title: B\n"
        "    ^^^^^\n"
        "  hint: keep one of the two"
    )


# --------------------------------------------------------------------------- what plain words mean


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("y", "y"),
        ("1:30", "1:30"), ("017", "017"), ("0x10", "0x10"), ("0o17", "0o17"), ("1_000", "1_000"), ("1e3", "1e3"),
        (".5", ".5"), (".inf", ".inf"), (".nan", ".nan"), ("2026-11-21", "2026-11-21"), ("=", "="),
        ("true", True), ("False", False), ("null", None), ("~", None), ("10", 10), ("-3", -3), ("2.5", 2.5),
        ('"10"', "10"), ("'true'", "true"), ('"~"', "~"), ("99999999999999999999", "99999999999999999999"),
    ],
)  # fmt: skip
def test_a_plain_word_is_what_it_looks_like(written: str, value: object) -> None:
    (found,) = [plain(node) for _, node in parse(SourceText("a", f"a: {written}", Path()), Problems()).entries.values()]
    assert found == value
    assert type(found) is type(value)


# --------------------------------------------------------------------------- far too much of something

LONG_NUMBERS = (
    "9" * 100_000,
    '"' + "9" * 100_000 + '"',
    "\u0663" * 5_000,
    '"' + "\u0663" * 5_000 + '"',
    "-" + "9" * 5_000,
)


@pytest.mark.slow
@pytest.mark.parametrize("number", LONG_NUMBERS, ids=["plain", "quoted", "arabic", "arabic quoted", "minus"])
@pytest.mark.parametrize("key", ["reps", "sets", "weeks", "times_per_day", "hold", "rest", "days"])
def test_a_number_of_thousands_of_digits_is_wrong_where_it_stands(tmp_path: Path, key: str, number: str) -> None:
    (each,) = findings(tmp_path, f"title: A\nexercises:\n  - exercise: pelvic-tilt\n    {key}: {number}\n")
    assert (each.location.line, each.location.column) == (4, 7 + len(key))
    assert each.code.startswith("dose-")
    assert each.hint
    assert len(str(each)) < 600


def test_a_short_number_in_other_digits_is_still_understood(tmp_path: Path) -> None:
    text = "title: A\nexercises:\n  - exercise: pelvic-tilt\n    reps: ٣\n"
    assert "hint: write reps: 3" in said(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("? " + "k" * 900_000 + "\n: 1\n", "unknown key kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…\n"),
        ("b: &" + "k" * 900_000 + " x\n", "labels such as &kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk… are not allowed\n"),
        ("b: *" + "k" * 900_000 + "\n", "references such as *kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk… are not allowed\n"),
        ("b: !" + "k" * 900_000 + " x\n", "tags such as !kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk… are not allowed\n"),
        ("summary: " + "k" * 900_000 + "\n", "summary: expected at most 5,000 characters, got 900,000\n"),
        ("language: " + "k" * 100 + "\n", "there is no language 'kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…'\n"),
        ("a: [" + "k" * 900_000 + "]\n", "unknown key a\n"),
        ("safety: '{" + "k" * 100 + "}'\n", "there is no safety block '{kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…'\n"),
        ("a: 1\nexercises: ['" + "k" * 900 + "']\n", "the key exercises stands here again"),
    ],
    ids=["key", "label", "reference", "tag", "text", "language", "value", "name", "entry"],
)
def test_no_word_of_a_file_is_echoed_whole(tmp_path: Path, text: str, found: str) -> None:
    told = said(tmp_path, GOOD + text)
    assert len(told) < 2_500
    assert found in told


def test_so_many_slips_of_one_text_are_said(tmp_path: Path) -> None:
    texts = f"title: A {'{left} ' * 500}\nexercises: [pelvic-tilt]\n"
    assert placed(tmp_path, texts.replace(": A", ': "A').replace(" \n", '"\n')) == [
        f"1:{11 + 7 * index} placeholder title" for index in range(10)
    ]


@pytest.mark.slow
def test_a_file_of_nothing_but_mistakes_is_answered_at_once(tmp_path: Path) -> None:
    """Each of them once took longer than the one before."""
    heading = "title: A\nexercises: [pelvic-tilt]\n"
    files = {
        "braces.yaml": 'title: "' + "{left} " * 140_000 + '"\nexercises: [pelvic-tilt]\n',
        "keys.yaml": "{title: A, exercises: [pelvic-tilt], "
        + ", ".join(f"k{index}: 1" for index in range(9_900))
        + "}",
        "lines.yaml": heading + "".join(f"{'k' * 80}{index}: 1\n" for index in range(9_900)),
        "twice.yaml": heading + "k: 1\n" * 9_900,
        "names.yaml": "title: A\nexercises:\n" + "".join(f"  - no-such-{index}\n" for index in range(19_000)),
    }
    told = said_within_bounds(tmp_path, {name: text.encode() for name, text in files.items()})
    assert {name: text.rpartition("\n")[2].rpartition(": ")[2] for name, text in told.items()} == {
        "braces.yaml": "say it shorter",
        "keys.yaml": "and 9,800 more",
        "lines.yaml": "and 9,800 more",
        "twice.yaml": "and 9,800 more",
        "names.yaml": "and 1 more",
    }
    assert max(map(len, told.values())) < 100_000


# --------------------------------------------------------------------------- not YAML


@pytest.mark.parametrize(
    ("text", "where", "message", "hint"),
    [
        ('title: "open\nexercises: []\n', "1:8", 'the " that opens here is never closed', "close it"),
        ("title: it's\nsummary: 'open\n", "2:10", "the ' that opens here is never closed", "close it"),
        ("exercises: [pelvic-tilt\ntitle: A\n", "1:12", "the [ that opens here is never closed", "close it"),
        ("exercises: [clam,, walk]\n", "1:18", "nothing stands before this comma", "delete it"),
        ("exercises: [clam,\n", "2:1", "the file ends inside brackets or braces", "close them"),
        ("exercises: [- clam]\n", "1:13", "this is not valid YAML", "check the indentation"),
        ("reviewed: {by: Ann\ntitle: A\n", "1:11", "the { that opens here is never closed", "close it"),
        ("title: Note: gently\n", "1:12", "a text that contains a colon needs quotes", 'write "…: …"'),
        ("exercises:\n\t- pelvic-tilt\n", "2:1", "a tab cannot indent", "indent with spaces"),
        ('title: A\nsummary: "a" b\n', "2:14", "the text goes on after the quote", "use single quotes"),
        ("title: 'a' b\n", "1:12", "the text goes on after the quote", "use double quotes"),
        ("title: @home\n", "1:8", "a text that begins with @ needs quotes", 'write "@…"'),
        ("title: `x`\n", "1:8", "a text that begins with ` needs quotes", 'write "`…"'),
        ("title: %x\n", "1:8", "a text that begins with % needs quotes", 'write "%…"'),
        ('title: "C:\\q"\n', "1:11", "a backslash in double quotes begins a code", "use single quotes"),
        ('title: "\\ud83e"\n', "1:11", "a backslash in double quotes begins a code", "use single quotes"),
        ("a:\n  - {affected leg} up\n  - b\n", "2:20", "a text that begins with a brace", 'write "{affected …} …"'),
        ("a:\n  - { other leg } up\n", "2:19", "a text that begins with a brace", 'write "{other …} …"'),
        ("a:\n  - {literal: left lane} up\n", "2:26", "a text that begins with a brace", 'write "{literal …} …"'),
        ("a:\n  - {affected leg up\n  - b\n", "2:5", "a text that begins with a brace", 'write "{affected …} …"'),
        ("a:\n  - bird-dog\n    reps: 8\n", "2:5", "an item of a list that has keys", "write - exercise: bird-dog"),
        ("a:\n  - bird-dog\n      reps: 8\n", "2:5", "an item of a list that has keys", "write - exercise: bird-dog"),
        ("title: A\n side: left\n", "2:6", "this is not valid YAML: mapping values", "check the indentation"),
        ("a:\n    b: 1\n  c: 2\n", "3:3", "this is not valid YAML: did not find expected key", "check the indentation"),
        ("title: ]\n", "1:8", "this is not valid YAML: did not find expected node content", "check the indentation"),
    ],
)  # fmt: skip
def test_what_is_not_yaml_is_explained_at_its_place(
    tmp_path: Path, text: str, where: str, message: str, hint: str
) -> None:
    found = said(tmp_path, text)
    assert found.startswith(f"routine.yaml:{where}: error[yaml] {message}")
    assert f"\n  hint: {hint}" in found


# --------------------------------------------------------------------------- properties


def scalars(node: Node) -> Iterator[tree.ScalarNode]:
    match node:
        case tree.ScalarNode():
            yield node
        case tree.ListNode():
            for item in node.items:
                yield from scalars(item)
        case MapNode():
            for _, item in node.entries.values():
                yield from scalars(item)


@pytest.mark.parametrize("name", EXERCISES)
def test_both_parsers_agree_on_values_and_places(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # libyaml is not on every machine.
    source = read_source(ROOT / "content" / "en" / "exercises" / f"{name}.yaml")
    fast = parse(source, Problems())
    monkeypatch.setattr(tree, "_Loader", yaml.SafeLoader)
    assert parse(source, Problems()) == fast


@pytest.mark.parametrize("name", EXERCISES)
def test_every_value_stands_where_it_says(name: str) -> None:
    source = read_source(ROOT / "content" / "en" / "exercises" / f"{name}.yaml")
    for node in scalars(parse(source, Problems())):
        line = source.text.split("\n")[node.location.line - 1]
        assert node.location.excerpt == line
        start = node.location.column - 1
        written = line[start : start + node.location.length]
        assert source.text[slice(*node.span)].startswith(written)
        if isinstance(node.value, str) and not written.startswith(">"):
            assert node.value.split()[0] in written


@given(st.text())
@settings(deadline=None)
def test_a_quoted_text_is_read_back_as_it_was_written(text: str) -> None:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    quoted = "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in quoted)
    try:
        assert values(f'a: "{quoted}"') == {"a": text}
    except InvalidInput:
        assert any(0xD800 <= ord(char) <= 0xDFFF or not char.isprintable() for char in text)
