from __future__ import annotations

import errno
import os
import pty
import resource
import stat
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from annual_report import UnusableInputError
from annual_report.files import decode, describe_os_error, require_writable, save, whole_file


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(b"old")
    path.chmod(0o640)
    (tmp_path / "copy").hardlink_to(path)
    save(b"new", path)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o640)
    assert (tmp_path / "copy").read_bytes() == b"old"
    assert sorted(os.listdir(tmp_path)) == ["copy", "report.docx"]


def test_a_link_is_followed(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "link").symlink_to("below/report.docx")
    save(b"new", tmp_path / "link", scratch=tmp_path / "below")
    assert (tmp_path / "below" / "report.docx").read_bytes() == b"new"
    assert (tmp_path / "link").is_symlink()


def test_a_link_into_another_file_system_is_followed(tmp_path):
    memory = Path("/dev/shm")  # noqa: S108  # the one other file system that Linux always has
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no other file system")
    with TemporaryDirectory(dir=memory) as folder:
        (tmp_path / "link").symlink_to(Path(folder, "report.docx"))
        save(b"new", tmp_path / "link", scratch=tmp_path)
        assert Path(folder, "report.docx").read_bytes() == b"new"


def test_a_pipe_is_written_into(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()))
    read = []
    reader.start()
    save(b"new", tmp_path / "pipe")
    reader.join()
    assert read == [b"new"]


def test_the_file_and_then_its_folder_are_synchronised(tmp_path, monkeypatch):
    done = []
    real_sync, real_replace = os.fsync, os.replace

    def sync(descriptor):
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real_sync(descriptor)

    def replace(source, target):
        done.append("move")
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "replace", replace)
    save(b"new", tmp_path / "report.docx")
    assert done == ["file", "move", "folder"]


def test_with_a_scratch_folder_the_disk_is_not_waited_for(tmp_path, monkeypatch):
    (tmp_path / "scratch").mkdir()
    done = []
    monkeypatch.setattr(os, "fsync", done.append)
    save(b"new", tmp_path / "report.docx", scratch=tmp_path / "scratch")
    assert ((tmp_path / "report.docx").read_bytes(), done) == (b"new", [])
    assert os.listdir(tmp_path / "scratch") == []


def test_what_could_not_be_written_whole_leaves_nothing_in_the_scratch_folder(tmp_path):
    (tmp_path / "scratch").mkdir()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(UnusableInputError):
            save(bytes(2000), tmp_path / "report.docx", scratch=tmp_path / "scratch")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert os.listdir(tmp_path) == ["scratch"]
    assert os.listdir(tmp_path / "scratch") == []


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_a_disk_that_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, error):
    def fail(_):
        raise OSError(error, os.strerror(error))

    (tmp_path / "report.docx").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UnusableInputError):
        save(b"new", tmp_path / "report.docx")
    assert os.listdir(tmp_path) == ["report.docx"]
    assert (tmp_path / "report.docx").read_bytes() == b"old"


@pytest.mark.parametrize("name", ["nowhere/x", "x" * 300, "\0", ".", "/proc/x"])
def test_what_cannot_be_written_is_told_before_and_after(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    for attempt in (lambda path: save(b"", path), require_writable):
        with pytest.raises(UnusableInputError):
            attempt(type(tmp_path)(name))
    assert os.listdir(tmp_path) == []


def test_a_file_that_can_be_written_is_not_touched(tmp_path):
    require_writable(tmp_path / "new")
    assert os.listdir(tmp_path) == []
    (tmp_path / "old").write_bytes(b"old")
    require_writable(tmp_path / "old")
    assert (tmp_path / "old").read_bytes() == b"old"


def test_a_terminal_can_be_written_though_no_file_can_be_made_beside_it():
    ours, theirs = pty.openpty()
    try:
        require_writable(Path(os.ttyname(theirs)))
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, ""), "磁盘空间不足"),
        (OSError(errno.EDQUOT, ""), "磁盘空间不足"),
        (OSError(errno.EACCES, ""), "没有权限"),
        (OSError(errno.EPERM, ""), "没有权限"),
        (OSError(errno.EROFS, ""), "没有权限"),
        (OSError(errno.EISDIR, ""), "这是文件夹，不是文件"),
        (OSError(errno.ENOTDIR, ""), "路径中有一段是文件，不是文件夹"),
        (OSError(errno.EEXIST, ""), "已有同名文件"),
        (OSError(errno.ENAMETOOLONG, ""), "文件名太长"),
        (FileNotFoundError(), "没有这个文件或文件夹"),
        (OSError(errno.EIO, "Input/output error"), "系统拒绝（Input/output error）"),
        (OSError("broken"), "系统拒绝（broken）"),
    ],
)
def test_why_the_system_refuses_a_file_is_told_in_the_users_words(error, words):
    assert describe_os_error(error).text("zh") == words


def test_a_file_written_piece_by_piece_keeps_its_permissions_and_the_link_to_it(tmp_path):
    path, link = tmp_path / "a.csv", tmp_path / "link.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    with whole_file(link) as beside:
        beside.write_bytes(b"new")
        assert path.read_bytes() == b"old"
    assert link.is_symlink()
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o640)
    assert sorted(os.listdir(tmp_path)) == ["a.csv", "link.csv"]


def test_what_a_killed_process_wrote_is_removed_by_the_next(tmp_path):
    code = (
        "import os, pathlib\nfrom annual_report.files import whole_file\n"
        "with whole_file(pathlib.Path('a.csv')) as beside:\n  beside.write_bytes(b'half')\n  os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    assert len(os.listdir(tmp_path)) == 1
    with whole_file(tmp_path / "b.csv") as beside:
        beside.write_bytes(b"whole")
    assert os.listdir(tmp_path) == ["b.csv"]
    assert (tmp_path / "b.csv").read_bytes() == b"whole"


def test_an_error_of_what_writes_a_file_is_not_blamed_on_the_files_name(tmp_path):
    with pytest.raises(ValueError, match="invalid literal"), whole_file(tmp_path / "a.csv"):
        int("no number")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "某局",
        "䶮某局",
        "亳州市民政局",
        "鄱阳县漷口镇人民政府",
        "agency,year\n某市人民政府（本级）,2024\n",
        "本年度公开α射线检测结果3条",
        "—“２０２４”…",
        "plain",
    ],
)
def test_text_in_utf_8_and_in_gbk_is_read(text):
    assert decode(text.encode()) == decode(b"\xef\xbb\xbf" + text.encode()) == text
    assert decode(text.encode("gb18030")) == text


@pytest.mark.parametrize(
    "data",
    [
        "某市人民政府".encode()[:16],  # which is Chinese characters in GBK too, but rare ones
        "某市人民政府".encode()[:17],
        "Märkte öffnen".encode("latin-1"),
        "café".encode("latin-1"),
        "某局".encode("big5") + b"\xff",
        *(f'{{"agency": "{name}"}}'.encode("big5") for name in ("民政局", "司法局", "文化局", "市場監督管理局")),
        *(name.encode("big5") for name in ("平山縣", "本局", "某市", "市人民政府", "信息中心")),
        b"\xff\xff\xff",
    ],
)
def test_text_that_may_be_something_else_is_no_gbk(data):
    with pytest.raises(UnicodeDecodeError, match="utf-8"):
        decode(data)
