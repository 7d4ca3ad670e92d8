"""Makes the tiny model beside this file: seven words, each a vector of two numbers. Needs the
packages onnx and tokenizers.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

HERE = Path(__file__).parent
WORDS = {
    "[PAD]": (0, 0),
    "[UNK]": (0, 0),
    "coral": (1, 0),
    "corail": (1, 0),
    "reef": (3, 4),
    "graph": (0, 1),
    "graphe": (0, 1),
}

tokenizer = Tokenizer(
    models.WordLevel({word: place for place, word in enumerate(WORDS)}, unk_token="[UNK]")
)
tokenizer.normalizer = normalizers.Lowercase()
tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
tokenizer.save(str(HERE / "tokenizer.json"))

table = numpy_helper.from_array(np.array(list(WORDS.values()), dtype=np.float32), "table")
given = [
    helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "words"])
    for name in ("input_ids", "attention_mask")
]
made = [
    helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["texts", "words", 2])
]
graph = helper.make_graph(
    [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])],
    "tiny",
    given,
    made,
    [table],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
onnx.save(model, str(HERE / "model.onnx"))
