"""The languages that a library knows: those that ship, and those that users bring."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pdfbuilder.diagnostics import InvalidInput, Problems, nearest, quoted
from pdfbuilder.domain.language import Language
from pdfbuilder.domain.named_sides import misnamed
from pdfbuilder.reading.finding import is_path
from pdfbuilder.reading.kinds import Kind
from pdfbuilder.reading.languages import LanguageSpec, to_language
from pdfbuilder.reading.lints import lint_messages
from pdfbuilder.reading.shelf import ENGLISH, Cited, Shelf, cited_by, cited_under
from pdfbuilder.yamlfile.models import validate
from pdfbuilder.yamlfile.place import Place
from pdfbuilder.yamlfile.tree import MapNode, ScalarNode

#: Key of a file that says which language its texts are in.
_LANGUAGE: Final = "language"


class Languages:
    """Languages by their names; methods raise `InvalidInput` with all that is wrong with one."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._by_name: dict[str, Language] = {}
        self._by_region: dict[tuple[str, str], Language] = {}
        #: What each file says, by its path.
        self._specs: dict[str, LanguageSpec] = {}
        #: Code of a user's language → the path of its file.
        self._own: dict[str, str] = {}

    def by_name(self, name: str) -> Language:
        """A language by code (`en`), language tag (`en-US`) or path."""
        if name not in self._by_name:
            cited = cited_by(_LANGUAGE)
            self._by_name[name] = (
                self.in_file(self._shelf.locate(Kind.LANGUAGE, name, Path(), cited), cited)
                if is_path(name)
                else self._by_tag(name, cited)
            )
        return self._by_name[name]

    def in_file(self, path: str, cited: Cited) -> Language:
        """The language of a file, in its first region; `cited` is where the file is named."""
        language = self._in_region(path, "", cited)
        # It answers to its code from here on, for the texts that are written in it.
        self._own[language.code] = path
        if not language.locale.is_known:
            message = f"there are no dates and plurals for {language.tag}"
            hint = "use a code of ISO 639 and a region of ISO 3166 that go together"
            raise cited_under(self._shelf.tree(path, cited), "regions").refusal("locale", message, hint)
        return language

    def _by_tag(self, tag: str, cited: Cited) -> Language:
        code, _, region = tag.lower().partition("-")
        # Not one that somebody else's order has brought: what is printed must not hang on who came before.
        return self._in_region(self._path(code, {}, cited), region.upper(), cited)

    def by_code(self, code: str, cited: Cited) -> Language:
        """A language that ships or that a user has brought, in its first region; `cited` is where it is named."""
        return self._in_region(self._path(code, self._own, cited), "", cited)

    def _path(self, code: str, own: Mapping[str, str], cited: Cited) -> str:
        known = self._shelf.ids(Kind.LANGUAGE)
        if code in known:
            return self._shelf.locate(Kind.LANGUAGE, code, Path(), cited)
        if code in own:
            return own[code]
        hint = nearest(code, known) or f"known: {', '.join(known)}; one of your own is named by its path"
        raise cited.refusal("unknown-language", f"there is no language '{quoted(code)}'", hint)

    def _in_region(self, path: str, region: str, cited: Cited) -> Language:
        """The language of a file in a region, or else in its first one."""
        if (path, region) not in self._by_region:
            spec = self._spec(path, cited)
            if region and region not in spec.regions:
                message, hint = f"{spec.name} has no region {region}", f"it has {', '.join(spec.regions)}"
                raise cited.refusal("unknown-region", message, hint)
            self._by_region[path, region] = to_language(spec, region or next(iter(spec.regions)))
        return self._by_region[path, region]

    def code_of(self, tree: MapNode) -> str:
        """The language in which the ids are that a file names: its own, if there is such a language."""
        node = tree.get(_LANGUAGE)
        code = node.value if isinstance(node, ScalarNode) else None
        return str(code) if code in (*self._shelf.ids(Kind.LANGUAGE), *self._own) else ENGLISH

    def of(self, tree: MapNode, code: str, problems: Problems) -> Language | None:
        """The language that a file says its texts are in; None, and a problem, if there is no such."""
        try:
            return self.by_code(code, cited_under(tree, _LANGUAGE))
        except InvalidInput as error:
            problems.extend(error.diagnostics)
            return None

    def _spec(self, path: str, cited: Cited) -> LanguageSpec:
        if path not in self._specs:
            problems = Problems()
            tree = self._shelf.tree_of(Kind.LANGUAGE, path, cited, problems)
            spec = validate(LanguageSpec, Place(tree), problems)
            problems.stop_on_error()
            assert spec is not None  # noqa: S101 - validation returns None only after an error
            language = to_language(spec, next(iter(spec.regions)))
            said = spec.messages
            for wording in (said.same_on_other_side, said.brief_other_side, said.for_side, said.begin_with_side):
                problems.extend((*language.lacking(wording), *misnamed(wording, language)))
            lint_messages(tree.entries["messages"][1], language, problems)
            problems.stop_on_error()
            self._specs[path] = spec
        return self._specs[path]
