"""The attribution network in PyTorch, as it is trained; inference runs the exported graphs.

An encoder (MiniLM, six layers of 384) reads a window once. A word is scored as a cue from its
first piece's state and what the parser and the rules say of it; source and content are labelled
by a light convolution over the sums of the cue's and each word's projected states.
"""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812
from safetensors.torch import load_file
from torch import Tensor, nn

WIDTH = 384
HEADS = 12
LAYERS = 6
PAIR = 160
DISTANCES = 20
_BERT = ("query", "key", "value")


class Layer(nn.Module):
    """A transformer layer as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """States `[batch, pieces, WIDTH]` in and out; `mask` is true where a piece is one."""
        batch, length, _ = states.shape
        qkv = self.qkv(states).view(batch, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = qkv.permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(batch, length, WIDTH)
        states = self.norm1(states + self.out(seen))
        return self.norm2(states + self.down(F.gelu(self.up(states))))


class Encoder(nn.Module):
    """MiniLM; the embeddings stay as they are."""

    def __init__(self, pieces: int = 30522, positions: int = 512) -> None:
        super().__init__()
        self.pieces = nn.Embedding(pieces, WIDTH)
        self.positions = nn.Embedding(positions, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.pieces.weight.requires_grad = False
        self.positions.weight.requires_grad = False

    def forward(self, ids: Tensor, valid: Tensor | None = None) -> Tensor:
        """Numbers of pieces `[batch, pieces]` to states `[batch, pieces, WIDTH]`."""
        states = self.pieces(ids) + self.positions.weight[: ids.shape[1]] + self.kind
        states = self.norm(states)
        mask = None if valid is None else valid[:, None, None, :]
        for layer in self.layers:
            states = layer(states, mask)
        return states

    def load_minilm(self, path: Path) -> None:
        """Take the weights of a BERT checkpoint (`model.safetensors`)."""
        given = load_file(path)
        own = {
            "pieces.weight": given["embeddings.word_embeddings.weight"],
            "positions.weight": given["embeddings.position_embeddings.weight"],
            "kind": given["embeddings.token_type_embeddings.weight"][0],
        }
        for end in ("weight", "bias"):
            own[f"norm.{end}"] = given[f"embeddings.LayerNorm.{end}"]
            for number in range(LAYERS):
                there, here = f"encoder.layer.{number}", f"layers.{number}"
                parts = [given[f"{there}.attention.self.{name}.{end}"] for name in _BERT]
                own[f"{here}.qkv.{end}"] = torch.cat(parts)
                own[f"{here}.out.{end}"] = given[f"{there}.attention.output.dense.{end}"]
                own[f"{here}.norm1.{end}"] = given[f"{there}.attention.output.LayerNorm.{end}"]
                own[f"{here}.up.{end}"] = given[f"{there}.intermediate.dense.{end}"]
                own[f"{here}.down.{end}"] = given[f"{there}.output.dense.{end}"]
                own[f"{here}.norm2.{end}"] = given[f"{there}.output.LayerNorm.{end}"]
        self.load_state_dict(own)


def distance(places: Tensor) -> Tensor:
    """Numbers of the buckets of signed distances in words: by one up to 3, then by doubling.

    In whole numbers: the logarithms of two runtimes differ in their last bit.
    """
    size = places.abs()
    far = 4 + sum((size > limit).long() for limit in (6, 12, 24, 48, 96))
    bucket = torch.where(size < 4, size, far)
    return torch.where(places < 0, bucket + 10, bucket)


class Reader(nn.Module):
    """The encoder with both heads, for `tags` and `dependencies` of the parser."""

    def __init__(self, tags: int, dependencies: int) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.tags = nn.Embedding(tags + 1, 24)
        self.dependencies = nn.Embedding(dependencies + 1, 24)
        self.flags = nn.Linear(4, 16)
        self.scores = nn.Embedding(12, 24)
        width = WIDTH + 24 + 24 + 16 + 24
        self.cue1, self.cue2 = nn.Linear(width, 160), nn.Linear(160, 1)
        self.as_word, self.as_cue = nn.Linear(width, PAIR), nn.Linear(width, PAIR)
        self.distances = nn.Embedding(DISTANCES, PAIR)
        self.readings = nn.Embedding(4, PAIR)
        self.nearness = nn.Embedding(3, PAIR)
        self.norm = nn.LayerNorm(PAIR)
        self.near = nn.Conv1d(PAIR, PAIR, 5, padding=2)
        self.wide = nn.Conv1d(PAIR, PAIR, 5, padding=8, dilation=4)
        self.norm1, self.norm2 = nn.LayerNorm(PAIR), nn.LayerNorm(PAIR)
        self.labels = nn.Linear(PAIR, 3)
        nn.init.normal_(self.readings.weight, std=0.5)

    def words(
        self,
        ids: Tensor,
        valid: Tensor | None,
        first: Tensor,
        tags: Tensor,
        dependencies: Tensor,
        flags: Tensor,
        scores: Tensor,
    ) -> Tensor:
        """States of words `[batch, words, width]`; pieces and words are padded with 0."""
        states = self.encoder(ids, valid)
        states = states.gather(1, first[:, :, None].expand(-1, -1, WIDTH))
        parts = (
            states,
            self.tags(tags),
            self.dependencies(dependencies),
            F.gelu(self.flags(flags)),
            self.scores(scores),
        )
        return F.dropout(torch.cat(parts, -1), 0.1, self.training)

    def cues(self, words: Tensor) -> Tensor:
        """Logits `[batch, words]` of being a cue."""
        return self.cue2(F.gelu(self.cue1(words))).squeeze(-1)

    def pairs(
        self,
        as_words: Tensor,
        as_cues: Tensor,
        places: Tensor,
        readings: Tensor,
        nearness: Tensor,
        valid: Tensor | None = None,
    ) -> Tensor:
        """Logits `[pairs, words, 3]`; the first two are the states of each pair's parts."""
        away = torch.arange(as_words.shape[-2])[None] - places[:, None]
        states = as_words + as_cues[:, None] + self.distances(distance(away))
        states = states + self.readings(readings) + self.nearness(nearness)
        keep = 1.0 if valid is None else valid[:, :, None]
        states = F.gelu(self.norm(states)) * keep
        near = self.near(states.transpose(1, 2)).transpose(1, 2)
        states = self.norm1(states + F.gelu(near)) * keep
        wide = self.wide(states.transpose(1, 2)).transpose(1, 2)
        states = self.norm2(states + F.gelu(wide))
        return self.labels(F.dropout(states, 0.1, self.training))
