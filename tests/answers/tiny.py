"""A tiny encoder and a tiny cross-encoder, made offline: random weights of a few kilobytes, through the real library."""

from pathlib import Path

WORDS = [
    "est",
    "ce",
    "que",
    "je",
    "suis",
    "paye",
    "combien",
    "de",
    "temps",
    "ca",
    "dure",
    "qui",
    "signe",
    "la",
    "convention",
    "immersion",
    "stage",
    "employeur",
    "tuteur",
    "heures",
    "semaine",
    "mineur",
    "salarie",
    "rsa",
    "conge",
    "droit",
    "France",
    "Travail",
    "mission",
    "locale",
    "entreprise",
    "metier",
]


def _tokenizer(folder: Path):
    from transformers import BertTokenizerFast

    letters = "abcdefghijklmnopqrstuvwxyzéèêàçîôû'’?.,0123456789"
    pieces = [*letters, *(f"##{one}" for one in letters)]
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys((*WORDS, *pieces))]
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    return BertTokenizerFast(vocab_file=str(folder / "vocab.txt"), do_lower_case=True), len(words)


def _config(size: int, **more):
    from transformers import BertConfig

    return BertConfig(
        vocab_size=size, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=128, **more,
    )  # fmt: skip


def tiny_cross_encoder(folder: Path) -> Path:
    """A cross-encoder with one score; the same weights each time."""
    import torch
    from transformers import BertForSequenceClassification

    torch.manual_seed(0)
    tokenizer, size = _tokenizer(folder)
    BertForSequenceClassification(_config(size, num_labels=1)).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def tiny_encoder(folder: Path) -> Path:
    """A sentence encoder: mean of one layer."""
    import torch
    from sentence_transformers import SentenceTransformer, models
    from transformers import BertModel

    torch.manual_seed(0)
    bare = folder / "bare"
    bare.mkdir(parents=True, exist_ok=True)
    tokenizer, size = _tokenizer(bare)
    BertModel(_config(size)).save_pretrained(bare)
    tokenizer.save_pretrained(bare)
    word = models.Transformer(str(bare), max_seq_length=64)
    whole = SentenceTransformer(modules=[word, models.Pooling(word.get_word_embedding_dimension())], device="cpu")
    whole.save(str(folder / "whole"))
    return folder / "whole"
