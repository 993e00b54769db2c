"""JSON in pieces: what pydantic writes of a model, without ever holding the whole of it twice."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

_LONG = 200  # a list that has more items is written in pieces
_PIECES = 16  # at most so many for one list: putting them together stays linear, whatever it costs to lengthen a string


def json_pieces(model: BaseModel, indent: int | None = None) -> Iterator[str]:
    """Yields the JSON of a model, as `model_dump_json` writes it, cut into pieces.

    Long lists among the model's own fields are cut between their items; a short model is one piece.

    Raises:
        pydantic_core.PydanticSerializationError: if the model holds what JSON in UTF-8 cannot say.
    """
    end = "}" if indent is None else "\n}"
    end_of_list = ("]" if indent is None else f"\n{' ' * indent}]") + end
    lead = "{"
    for names in _groups(model):
        values = getattr(model, names[0])
        size = max(_LONG, -(-len(values) // _PIECES)) if len(names) == 1 and _is_long(values) else 0
        if not size:
            yield lead + _json(model, names, indent)[1 : -len(end)]
            lead = ","
            continue
        for at in range(0, len(values), size):
            json = _json(model.model_copy(update={names[0]: values[at : at + size]}), names, indent)
            start = json.index("[") + 1 if at else 1
            yield lead + json[start : -len(end_of_list if at + size < len(values) else end)]
            lead = ","
    yield end


def _groups(model: BaseModel) -> Iterator[list[str]]:
    """Yields the names of the model's fields in order: every long list by itself, what lies between together."""
    together: list[str] = []
    for name in type(model).model_fields:
        if _is_long(getattr(model, name)):
            if together:
                yield together
                together = []
            yield [name]
        else:
            together.append(name)
    if together:
        yield together


def _is_long(value: object) -> bool:
    return isinstance(value, list) and len(value) > _LONG


def _json(model: BaseModel, names: list[str], indent: int | None) -> str:
    return model.model_dump_json(indent=indent, include=set(names))
