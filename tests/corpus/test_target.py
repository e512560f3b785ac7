from __future__ import annotations

from pathlib import Path

import pytest

from termcheck.corpus.target import Target, find_target
from termcheck.errors import InputError


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with three languages, as the working directory."""
    root = tmp_path / "project"
    for name in ("docs/en/a.md", "docs/en/sub/b.md", "docs/pl/a.md", "docs/pl/sub/b.md", "docs/tr/a.md", "notes.txt"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.\n")
    monkeypatch.chdir(root)
    return root


def test_nothing_named_is_the_working_directory(project: Path) -> None:
    assert find_target([]) == Target(project, project)


@pytest.mark.parametrize("name", ["docs", "docs/", "./docs", "docs/pl/.."])
def test_a_folder(name: str, project: Path) -> None:
    assert find_target([name]) == Target(project / "docs", project / "docs")


def test_an_absolute_folder(project: Path) -> None:
    assert find_target([str(project / "docs")]).root == project / "docs"


def test_a_file_is_looked_for_among_its_versions(project: Path) -> None:
    found = find_target(["docs/pl/sub/b.md"])
    assert found.root == project / "docs"
    assert found.only == (project / "docs/pl/sub/b.md",)


def test_several_files_keep_their_order(project: Path) -> None:
    found = find_target(["docs/tr/a.md", "docs/pl/a.md"])
    assert found.root == project / "docs"
    assert [path.relative_to(project).as_posix() for path in found.only] == ["docs/tr/a.md", "docs/pl/a.md"]


def test_files_of_several_corpora_share_the_folder_above(project: Path) -> None:
    for name in ("blog/en/x.md", "blog/pl/x.md"):
        (project / name).parent.mkdir(parents=True)
        (project / name).write_text("Text.\n")
    assert find_target(["docs/pl/a.md", "blog/pl/x.md"]).root == project


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("docs/*/a.md", ["docs/en/a.md", "docs/pl/a.md", "docs/tr/a.md"]),
        ("docs/pl/**/*.md", ["docs/pl/a.md", "docs/pl/sub/b.md"]),
    ],
)
def test_a_glob(pattern: str, names: list[str], project: Path) -> None:
    found = find_target([pattern])
    assert [path.relative_to(project).as_posix() for path in found.only] == names


def test_a_glob_that_gives_one_folder(project: Path) -> None:
    assert find_target(["do*"]).root == project / "docs"


@pytest.mark.usefixtures("project")
def test_a_name_with_brackets_is_no_glob_where_it_exists() -> None:
    Path("docs/pl/[slug].md").write_text("Text.\n")
    assert [path.name for path in find_target(["docs/pl/[slug].md"]).only] == ["[slug].md"]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("name", ["missing", "docs/xx/a.md", "docs/*/missing.md", "docs/pl/a.md/b"])
def test_what_is_not_there_is_an_error(name: str) -> None:
    with pytest.raises(InputError, match="no file or folder") as raised:
        find_target([name])
    assert name in raised.value.message
    assert raised.value.hint


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("names", [["docs/en", "docs/pl"], ["docs", "notes.txt"], ["docs/*"]])
def test_folders_beside_anything_else_are_an_error(names: list[str]) -> None:
    with pytest.raises(InputError, match="more than one folder") as raised:
        find_target(names)
    assert "all versions" in raised.value.hint


@pytest.mark.parametrize(
    ("root", "prefix"), [("/project", ""), ("/project/docs", "docs/"), ("/project/docs/guide", "docs/guide/")]
)
def test_the_prefix_leads_from_the_base_to_the_root(root: str, prefix: str) -> None:
    assert Target(Path("/project"), Path(root)).prefix == prefix


class TestBase:
    def test_the_folder_of_the_configuration_file(self, project: Path) -> None:
        (project / "docs/.git").mkdir()
        found = find_target(["docs/pl/a.md"]).based_at(project / "termcheck.toml")
        assert (found.base, found.root, found.prefix) == (project, project / "docs", "docs/")
        assert found.only == (project / "docs/pl/a.md",)

    def test_a_configuration_elsewhere_is_no_base(self, project: Path, tmp_path: Path) -> None:
        (project / ".git").mkdir()
        found = find_target(["docs"]).based_at(tmp_path / "other" / "termcheck.toml")
        assert found.base == project

    @pytest.mark.parametrize("git", [".git", "docs/.git"])
    def test_else_the_nearest_repository(self, git: str, project: Path) -> None:
        (project / git).mkdir()
        assert find_target(["docs"]).based_at(None).base == (project / git).parent

    def test_a_worktree_has_a_file_for_its_repository(self, project: Path) -> None:
        (project / ".git").write_text("gitdir: elsewhere\n")
        assert find_target(["docs"]).based_at(None).base == project

    def test_else_the_root_itself(self, project: Path) -> None:
        found = find_target(["docs"]).based_at(None)
        assert (found.base, found.prefix) == (project / "docs", "")
