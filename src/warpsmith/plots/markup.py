"""matplotlib's SVG made small and plain: presentation attributes, few ids, a title and a description."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

from warpsmith.plots.figure import Figure

_LETTERS = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif"
_PAINTED = re.compile(r"^url\(#(.+)\)$")
_NUMBER = re.compile(r"-?\d+\.\d+")
_NO_ROTATION = re.compile(r"^rotate\(-?0 [^)]*\)$")
# what earlier versions of matplotlib write instead of a size and a family
_FONT = re.compile(r"^(?:(?P<weight>\d+|bold) )?(?P<size>[\d.]+)px ")
_ROUNDED = frozenset({"d", "x", "y", "transform", "width", "height", "viewBox", "font-size"})
_DROPPED = frozenset({"style", "metadata", "title"})
_EMPTY = frozenset({"defs", "g"})


def for_file(svg: bytes, figure: Figure) -> bytes:
    """Return an SVG as it stands in a file of its own."""
    root = _rewritten(svg, figure, f"{figure.name}-")
    height, width = (_rounded(root.attrib.pop(f"data-{side}")) for side in ("height", "width"))
    root.attrib |= {"width": width, "height": height, "font-family": _LETTERS}
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!-- warpsmith -->\n{_text(root)}'.encode()


def for_page(svg: bytes, figure: Figure, prefix: str, colours: Mapping[str, str]) -> str:
    """Return an SVG as it stands inside of a page: as wide as there is room, in the page's letters and colours."""
    root = _rewritten(svg, figure, prefix)
    for side in ("height", "width"):
        del root.attrib[f"data-{side}"]
    for node in root.iter():
        for name in ("fill", "stroke"):
            colour = node.attrib.get(name, "").lower()
            if colour in colours:
                node.attrib[name] = colours[colour]
    return _text(root)


def _rewritten(svg: bytes, figure: Figure, prefix: str) -> ET.Element:
    """Return the tree of an SVG with nothing in it that is not needed; its width and height stand aside."""
    drawn = ET.fromstring(svg)
    for node in drawn.iter():
        node.tag = node.tag.rpartition("}")[2]
        node.attrib = {_local(name): value for name, value in _attributes(node)}
    referred = {_referred(*attribute) for node in drawn.iter() for attribute in node.attrib.items()}
    for node in drawn.iter():
        _rename(node, referred, prefix)
    said = {"aria-labelledby": f"{prefix}title", "aria-describedby": f"{prefix}desc", "role": "img"}
    sides = {f"data-{side}": drawn.attrib[side] for side in ("width", "height")}
    strokes = {"stroke-linejoin": "round", "stroke-linecap": "butt"}
    names = {"xmlns": "http://www.w3.org/2000/svg", "xmlns:xlink": "http://www.w3.org/1999/xlink"}
    root = ET.Element("svg", {**names, "viewBox": _rounded(drawn.attrib["viewBox"]), **strokes, **said, **sides})
    for tag, text in (("title", figure.title), ("desc", figure.shows)):
        ET.SubElement(root, tag, {"id": f"{prefix}{tag}"}).text = text
    root.extend(_kept(drawn))
    return root


def _local(name: str) -> str:
    space, _, local = name.rpartition("}")
    return f"xlink:{local}" if space.endswith("xlink") else local


def _attributes(node: ET.Element) -> Iterator[tuple[str, str]]:
    """Yield the attributes of an element, those of its style apart: a page may forbid styles inside of elements."""
    for name, value in node.attrib.items():
        if name == "style":
            yield from _declared(value)
        elif not (name == "transform" and _NO_ROTATION.match(value)):
            yield name, _rounded(value) if name in _ROUNDED and not value.endswith("pt") else value


def _declared(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        font = _FONT.match(value) if name == "font" else None
        if font:
            yield from ((f"font-{part}", said) for part, said in font.groupdict().items() if said)
        elif name == "font-size":
            yield name, value.removesuffix("px")
        elif name and name not in {"font", "font-family"}:
            yield name, value


def _rounded(text: str) -> str:
    """Return numbers with two decimals, a hundredth of a point, and on one line."""
    plain = " ".join(text.removesuffix("pt").split())
    return _NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), plain)


def _referred(name: str, value: str) -> str | None:
    """Return the id that an attribute refers to."""
    if name.endswith("href"):
        return value.removeprefix("#")
    found = _PAINTED.match(value)
    return None if found is None else found[1]


def _rename(node: ET.Element, referred: set[str | None], prefix: str) -> None:
    """Keep ids that something refers to, under a name of their own."""
    for name, value in list(node.attrib.items()):
        if name == "id":
            if value in referred:
                node.attrib[name] = prefix + value
            else:
                del node.attrib[name]
        elif target := _referred(name, value):
            node.attrib[name] = value.replace(f"#{target}", f"#{prefix}{target}")


def _kept(parent: ET.Element) -> Iterator[ET.Element]:
    """Yield what is left of the children of an element: groups that say nothing are gone, and what draws nothing."""
    for child in parent:
        children = list(_kept(child))
        if child.tag in _DROPPED or _draws_nothing(child):
            continue
        if child.tag == "g" and not child.attrib:
            yield from children
            continue
        if child.tag in _EMPTY and not children:
            continue
        child[:] = children
        child.tail = "\n"
        if child.tag != "text":
            child.text = "\n" if children else None
        yield child


def _draws_nothing(node: ET.Element) -> bool:
    return node.tag == "path" and node.get("fill") == "none" and node.get("stroke", "none") == "none"


def _text(root: ET.Element) -> str:
    return ET.tostring(root, encoding="unicode", short_empty_elements=True) + "\n"
