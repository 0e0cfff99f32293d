"""The languages that a library knows: those that ship, and those that users bring."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pdfbuilder.diagnostics import InvalidInput, Problems, nearest, quoted
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.named_sides import misnamed
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.languages import LanguageSpec, to_language
from pdfbuilder.reading.lints import lint_messages
from pdfbuilder.reading.shelf import ENGLISH, Cited, Shelf, cited_by, cited_under, is_path
from pdfbuilder.yamlfile.models import validate
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.tree import MapNode, ScalarNode

#: Key of a file that says which language its texts are in.
_LANGUAGE: Final = "language"


class Languages:
    """Languages by their names; methods raise `InvalidInput` with all that is wrong with one."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        #: By path: what each file says, and its language in the first region.
        self._files: dict[str, tuple[LanguageSpec, Language]] = {}
        self._asked_for: dict[str, Language] = {}
        #: Code of a user's language → the path of its file.
        self._own: dict[str, str] = {}

    def by_name(self, name: str) -> Language:
        """A language by code (`en`), language tag (`en-US`) or path."""
        if name not in self._asked_for:
            self._asked_for[name] = self._read(name)
        return self._asked_for[name]

    def _read(self, name: str) -> Language:
        cited = cited_by(_LANGUAGE)
        if is_path(name):
            path = self._shelf.locate(Kind.LANGUAGE, name, Path(), cited)
            (spec, _), region = self._file(path, cited), ""
            # It answers to its code from here on, for the texts that are written in it.
            self._own[spec.code] = path
        else:
            code, _, region = name.partition("-")
            # Not one that somebody else's order has brought: what is printed must not hang on who came before.
            spec, _ = self.by_code(code.lower(), cited, shipped=True)
        region = region.upper() or next(iter(spec.regions))
        if region not in spec.regions:
            message, hint = f"{spec.name} has no region {region}", f"it has {', '.join(spec.regions)}"
            raise cited.refusal("unknown-region", message, hint)
        language = to_language(spec, region)
        if is_path(name) and not language.is_known:
            message = f"there are no dates and plurals for {language.tag}"
            hint = "use a code of ISO 639 and a region of ISO 3166 that go together"
            raise cited_under(self._shelf.tree(path, cited), "regions").refusal("locale", message, hint)
        return language

    def by_code(self, code: str, cited: Cited, *, shipped: bool = False) -> tuple[LanguageSpec, Language]:
        """What a language's file says, and the language in its first region.

        Args:
            code: such as `en`.
            cited: where it is named.
            shipped: whether only those that ship will do.
        """
        known = self._shelf.ids(Kind.LANGUAGE)
        if code in known:
            path = self._shelf.locate(Kind.LANGUAGE, code, Path(), cited)
        elif code in self._own and not shipped:
            path = self._own[code]
        else:
            hint = nearest(code, known) or f"known: {', '.join(known)}; one of your own is named by its path"
            raise cited.refusal("unknown-language", f"there is no language '{quoted(code)}'", hint)
        return self._file(path, cited)

    def code_of(self, tree: MapNode) -> str:
        """The language in which the ids are that a file names: its own, if there is such a language."""
        _, node = tree.entries.get(_LANGUAGE, (None, None))
        code = node.value if isinstance(node, ScalarNode) else None
        return str(code) if code in (*self._shelf.ids(Kind.LANGUAGE), *self._own) else ENGLISH

    def of(self, tree: MapNode, code: str, problems: Problems) -> Language | None:
        """The language that a file says its texts are in; None, and a problem, if there is no such."""
        try:
            return self.by_code(code, cited_under(tree, _LANGUAGE))[1]
        except InvalidInput as error:
            problems.extend(error.diagnostics)
            return None

    def _file(self, path: str, cited: Cited) -> tuple[LanguageSpec, Language]:
        if path not in self._files:
            problems = Problems()
            tree = self._shelf.tree_of(Kind.LANGUAGE, path, cited, problems)
            spec = validate(LanguageSpec, Place(tree), problems)
            problems.stop_on_error()
            assert spec is not None  # noqa: S101 - validation returns None only after an error
            language = to_language(spec, next(iter(spec.regions)))
            for wording in (spec.messages.same_on_other_side, spec.messages.brief_other_side):
                problems.extend((*language.lacking(wording), *misnamed(wording, language)))
            lint_messages(tree.entries["messages"][1], language, problems)
            problems.stop_on_error()
            self._files[path] = spec, language
        return self._files[path]
