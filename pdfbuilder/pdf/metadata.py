"""What a file says about itself: its title, and that it keeps to PDF/UA-1 (to be heard) and PDF/A-2a (for archives).

The claims are checked by independent judges in the tests. A handout that can be filled in claims only the first, and
many handouts in one file for a printer only PDF/A-2b; see `Claims`.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Final

#: XMP namespaces (ISO 16684-1; ISO 14289-1, 5; ISO 19005-2, 6.6.4).
_NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
    ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
    ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
    ' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"'
)

#: PDF/A wants every foreign property described; PDF/UA's is one.
_DESCRIPTION_OF_PDFUA = (
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>part of ISO 14289 that the file keeps to</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
)


#: As `html.escape` would, which loads all of HTML's names first.
_ESCAPED: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class Claims(Enum):
    """What a file may claim to keep to."""

    #: All of it.
    TO_BE_HEARD_AND_KEPT = "PDF/UA-1 and PDF/A-2a"
    #: Archives want the ink to be dry.
    TO_BE_FILLED_IN = "PDF/UA-1"
    #: Many handouts in one file, with little structure.
    FOR_PRINTING = "PDF/A-2b"


def xmp(title: str, subject: str, creator: str, language: str, claims: Claims) -> bytes:
    """The metadata packet.

    Args:
        title: of the document.
        subject: of the document.
        creator: the program.
        language: language tag of the title (BCP 47).
        claims: what the file keeps to.
    """
    claimed = ""
    if "PDF/UA" in claims.value:
        claimed += "<pdfuaid:part>1</pdfuaid:part>"
    if "PDF/A" in claims.value:
        level = claims.value[-1].upper()
        claimed += f"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>"
    if claims is Claims.TO_BE_HEARD_AND_KEPT:
        claimed += _DESCRIPTION_OF_PDFUA
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {_NAMESPACES}>'
        f"<dc:format>application/pdf</dc:format><dc:title>{_alternatives(title)}</dc:title>"
        f"<dc:description>{_alternatives(subject)}</dc:description>"
        f"<dc:language><rdf:Bag><rdf:li>{language.translate(_ESCAPED)}</rdf:li></rdf:Bag></dc:language>"
        f"<xmp:CreatorTool>{creator}</xmp:CreatorTool><pdf:Producer>{creator}</pdf:Producer>"
        f"{claimed}"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    )
    return packet.encode("utf-8")


def _alternatives(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{text.translate(_ESCAPED)}</rdf:li></rdf:Alt>'


def colour_profile() -> bytes:
    """The sRGB profile (ICC.1) that Little CMS writes, which is free to use; without the moment at which it was made.

    In a file, so that a sheet is the same whichever version of that library there is.
    """
    return Path(__file__).with_name("srgb.icc").read_bytes()
