"""Passphrases have the strength that the documents state."""

from __future__ import annotations

import math

from generator.deliver.mail.passphrase import WORDS, new_passphrase, word_list


def test_there_are_as_many_words_as_stated_each_easy_to_say() -> None:
    assert len(set(word_list())) == len(word_list()) == 1295
    assert all(word.isalpha() and word.islower() and word.isascii() and 3 <= len(word) <= 5 for word in word_list())
    assert math.log2(len(word_list())) * WORDS > 62


def test_passphrases_differ_and_use_the_whole_list() -> None:
    made = [new_passphrase() for _ in range(3000)]
    assert len(set(made)) == 3000
    assert {word for one in made for word in one.split(" ")} == set(word_list())
    assert {len(one.split(" ")) for one in made} == {WORDS}
