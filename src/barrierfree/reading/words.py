"""Where words are in a line of a screen, in any script; hides that Chinese is written without spaces.

    >>> [("打开设置里的 notes.txt│好")[start:end] for start, end in words("打开设置里的 notes.txt│好")]
    ['打开', '设置', '里', '的', 'notes.txt', '好']

Chinese is cut by the commonest word that each character stands in (the table that tells characters apart),
the longest first; what is left goes in pairs, since most Chinese words are pairs, but for the small words of
grammar. That is right for most of what programs write and never loses a character, but it is no analysis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from barrierfree.speech.pronunciation.characters import word_of

__all__ = ["FRAMES", "fields", "unframed", "words"]

FRAMES: Final = "\u2500-\u259f\u2800-\u28ff\ue0b0-\ue0bf\u23b8-\u23bf"
"""What boxes, bars and meters are drawn with: no text (character ranges for a pattern)."""
_LONGEST: Final = 4
_HAN: Final = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OPENERS: Final = "（【《“‘"
_CLOSERS: Final = "，。、；：？！）】》”’…"
_WORD = re.compile(
    f"[{_OPENERS}]*(?P<han>[{_HAN}]+)(?P<signs>[{_CLOSERS}]*)|[^\\s{_HAN}{FRAMES}{_OPENERS}]+|[{_OPENERS}]+"
)


def _set(written: str) -> frozenset[str]:
    return frozenset(written.split())


_ALONE: Final = frozenset(
    "的了是在和不我你他她它也就都与或及把被从到对向于而为着过吗呢吧啊这那有个里上下中内外前后可请已未将并很最更"
    "按点用等由以至无没会能要让给第每各本该此其另若如但则即只还又再才共约一二三四五六七八九十百千万年月日时分秒"
)
"""Words of one character."""
_OF_SCREENS: Final = _set(
    "你好 您好 我们 你们 他们 大家 "
    "下载 上传 正在 版本 更新 中文 英文 这个 那个 这些 那些 不能 不要 不是 可以 没有 已经 服务器 "
    "预约 上午 下午 中间 中国 里面 上面 下面 前面 后面 内容 内存 外部 内部 日期 时间 分钟 小时 秒钟 "
    "年份 月份 星期 一个 一些 一样 其他 其它 其中 所有 用户名 应用 使用 点击 按钮 按键 键盘 鼠标 "
    "光标 剪贴板 文件夹 文件名 命令行 终端 窗口 菜单 选项 选择 列表 表格 标题 链接 复选框 单选 输入 "
    "输出 搜索 查找 替换 帮助 关于 退出 取消 确认 确定 提交 保存 打开 关闭 新建 删除 恢复 撤销 重试 "
    "等待 完成 失败 成功 警告 错误 提示 信息 消息 设置 配置 网络 连接 断开 登录 注册 密码 账号 邮件 "
    "邮箱 附件 图片 视频 音频 声音 音量 字体 字号 颜色 主题 亮度 对比度 语言 拼音 软件 硬件 硬盘 "
    "磁盘 目录 路径 根目录 数据 数据库 电脑 手机 屏幕 进度 百分比 结果 开始 结束 继续 暂停 停止 重新 "
    "重启 安装 卸载 升级 权限 管理员 同步 备份 还原 打印 扫描 微信 支付 天气 医院 挂号 预报"
)
"""Words of programs, where the table has other ones."""


def words(line: str) -> Iterator[tuple[int, int]]:
    """Where each word of a line begins and ends; white space and frames lie between them.

    Signs belong to the word they touch, as they do in names of files.
    """
    for found in _WORD.finditer(line):
        if found["han"] is None:
            yield found.span()
            continue
        start, last = found.start(), found.end("han")
        for end in _han_ends(line, found.start("han"), last):
            yield start, end if end < last else found.end()
            start = end


def _han_ends(line: str, at: int, last: int) -> Iterator[int]:
    """Where the words of a run of Chinese characters end."""
    while at < last:
        at = _known_end(line, at, last) or _pair_end(line, at, last)
        yield at


def _known_end(line: str, at: int, last: int) -> int | None:
    """The end of the longest word of the table that begins here."""
    for end in range(min(last, at + _LONGEST), at + 1, -1):
        word = line[at:end]
        if word in _OF_SCREENS or any(word_of(character) == word for character in word):
            return end
    return None


def _pair_end(line: str, at: int, last: int) -> int:
    """Two characters that no table knows, unless one of them is a word already, or begins one."""
    after = at + 1
    if line[at] in _ALONE or after == last or line[after] in _ALONE or _known_end(line, after, last):
        return after
    return after + 1


_GAP = re.compile(f"[{FRAMES}]|\\s[|]\\s|(?<=\\s)[|]$|^[|](?=\\s)|\\s{{2,}}")
_FRAME = re.compile(f"[{FRAMES}]+|\\s[|](?=\\s|$)|^[|](?=\\s)")


def fields(line: str) -> Iterator[tuple[int, int]]:
    """Where each column of a line begins and ends: what stands between frames, or wide gaps."""
    for start, end in _between(_GAP, line):
        stripped = line[start:end].strip()
        if stripped:
            begin = line.index(stripped, start)
            yield begin, begin + len(stripped)


def unframed(line: str) -> list[str]:
    """The texts of a line between what frames it; none where it is all frame."""
    texts = (" ".join(line[start:end].split()) for start, end in _between(_FRAME, line))
    return [text for text in texts if text]


def _between(pattern: re.Pattern[str], line: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in pattern.finditer(line):
        yield start, found.start()
        start = found.end()
    yield start, len(line)
