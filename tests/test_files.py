import pytest

from compendium import files
from compendium.errors import InputError


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "x.yaml: the file is empty"),
        (b"a: 1\r\nb: 2\n", "x.yaml, line 1: has CR or CRLF line ends"),
        (b"\xef\xbb\xbfa: 1\n", "x.yaml, line 1: has a byte-order mark"),
        (b"a: 1\nb: \x00\n", "x.yaml, line 2: has a NUL byte"),
        (b"a: 1\nb: \xe9\n", "x.yaml, line 2: is not UTF-8"),
        (b"a: 1\na: 2\n", "x.yaml, line 2: the key 'a' stands twice"),
        (b"a: &x [1]\nb: *x\n", "x.yaml, line 2: aliases are not allowed"),
        (b"a:\n" + b" [\n" * 9999 + b" ]\n" * 9999, "x.yaml, line 51: is nested more than 50 deep"),
        (b"a: !!python/object/apply:os.system [id]\n", "x.yaml, line 1: could not determine a constructor"),
        (b"a: [1\n", "x.yaml, line 2: "),
    ],
)
def test_yaml_that_cannot_be_used_is_told_in_a_sentence(project, content, says):
    path = project("x.yaml", content)
    with pytest.raises(InputError) as raised:
        files.read_yaml(path)
    assert str(raised.value).startswith(says)


def test_a_missing_file_is_told_by_its_name(project):
    path = project("here.yaml", "a: 1\n").with_name("there.yaml")
    with pytest.raises(InputError, match=r"there\.yaml: the file is missing"):
        files.read_yaml(path)


def test_a_file_with_the_same_bytes_is_left_alone(tmp_path):
    path = tmp_path / "a" / "b.txt"
    assert files.write_if_changed(path, b"one")
    before = path.stat().st_mtime_ns
    assert not files.write_if_changed(path, b"one")
    assert path.stat().st_mtime_ns == before
    assert files.write_if_changed(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["b.txt"]
