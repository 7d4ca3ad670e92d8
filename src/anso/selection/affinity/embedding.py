"""Texts as vectors of a small language model: the optional extra `anso[embedding]`.

Here belong loading a model from a folder and giving texts their vectors. Nothing is downloaded: the
folder holds `model.onnx` and `tokenizer.json`, as sentence-transformers exports them. Words become
one vector for each text by the mean over its words, of length one (Reimers and Gurevych, EMNLP
2019). How vectors are compared belongs to `texts`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anso.selection.affinity.profiles import Profile
from anso.selection.errors import SelectionError

Real = NDArray[np.float64]
Encode = Callable[[Sequence[str]], Real]
_WORDS_READ = 256
_AT_ONCE = 32
_DECIMALS = 6


def load_encoder(folder: Path) -> Encode:
    """Return the function that turns texts into vectors with the model in `folder`.

    Refuses a folder without a model, and says which extra is missing when it is not installed.
    """
    try:
        runtime, tokenizers = import_module("onnxruntime"), import_module("tokenizers")
    except ImportError as error:
        raise SelectionError(
            "Vectors of texts need the extra “embedding”: pip install anso[embedding]."
        ) from error
    for name in ("model.onnx", "tokenizer.json"):
        if not (folder / name).is_file():
            raise SelectionError(f"The folder of the model has no {name}.")
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(_WORDS_READ)
    tokenizer.enable_padding()
    session = runtime.InferenceSession(
        str(folder / "model.onnx"), providers=["CPUExecutionProvider"]
    )

    def encode(texts: Sequence[str]) -> Real:
        parts = [
            _encode(tokenizer, session, texts[start : start + _AT_ONCE])
            for start in range(0, len(texts), _AT_ONCE)
        ]
        return np.concatenate(parts)

    return encode


def _encode(tokenizer: Any, session: Any, texts: Sequence[str]) -> Real:
    found = tokenizer.encode_batch(list(texts))
    mask = np.array([each.attention_mask for each in found], dtype=np.int64)
    fed = {
        "input_ids": np.array([each.ids for each in found], dtype=np.int64),
        "attention_mask": mask,
        "token_type_ids": np.zeros_like(mask),
    }
    wanted = {each.name for each in session.get_inputs()}
    words = session.run(None, {name: table for name, table in fed.items() if name in wanted})[
        0
    ].astype(np.float64)
    total = (words * mask[:, :, None]).sum(axis=1)
    lengths = np.linalg.norm(total, axis=1, keepdims=True)
    vectors: Real = total / np.where(lengths > 0, lengths, 1.0)
    return vectors


def embed_profiles(profiles: Sequence[Profile], encode: Encode) -> tuple[Profile, ...]:
    """Return the profiles with a vector at each text; `encode` is that of `load_encoder`, or any
    other.

    The vectors become part of the profiles, so a record holds them and replays without the model.
    """
    words = sorted({text.words for profile in profiles for text in profile.texts})
    vectors = np.round(encode(words), _DECIMALS).tolist() if words else []
    vector_of = dict(zip(words, map(tuple, vectors), strict=True))
    return tuple(
        replace(
            profile,
            texts=tuple(replace(text, vector=vector_of[text.words]) for text in profile.texts),
        )
        for profile in profiles
    )
