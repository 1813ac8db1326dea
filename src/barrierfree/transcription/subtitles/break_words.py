"""Small words that decide where a line may be broken, by language; hides nothing but the lists.

After Netflix, *Timed Text Style Guide: General Requirements*, Line Treatment: break before conjunctions and
prepositions; keep an article with its noun, a first with a last name, a verb with its pronoun, auxiliary
or negation. Languages without a list are broken by punctuation and balance alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["LANGUAGES", "MANDARIN", "NO_WORDS", "UNITS", "BreakWords", "Mandarin"]


@dataclass(frozen=True, slots=True)
class BreakWords:
    """The small words of one language, in lower case and without full stops."""

    hold: frozenset[str] = frozenset()
    """Never left at the end of a line: articles, possessives, demonstratives."""
    titles: frozenset[str] = frozenset()
    """The same, and a full stop after one ends no sentence."""
    glue: frozenset[str] = frozenset()
    """Better not left there: pronouns, auxiliaries, negations."""
    lead: frozenset[str] = frozenset()
    """Good to begin a line with, bad to end one: conjunctions and prepositions."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NO_WORDS: Final = BreakWords()

LANGUAGES: Final[dict[str, BreakWords]] = {
    "en": BreakWords(
        hold=_words("a an the my your his its our their this these those every each some any no"),
        titles=_words("mr mrs ms miss dr prof sir st mt saint lady lord captain professor"),
        glue=_words(
            "i you he she it we they i'm you're he's she's it's we're they're i've you've we've they've "
            "i'll you'll he'll she'll it'll we'll they'll i'd you'd he'd she'd we'd they'd there's that's "
            "am is are was were be been being have has had do does did will would shall should can could "
            "may might must not never don't doesn't didn't won't wouldn't can't cannot couldn't shouldn't "
            "isn't aren't wasn't weren't haven't hasn't hadn't very too quite really so more most "
            "much many such another other both all e.g i.e vs her"
        ),
        lead=_words(
            "and or but nor yet because although though while when whenever where wherever if unless until "
            "till since whether that which who whom whose what why how than as "
            "about above across after against along among around at before behind below beneath beside "
            "between beyond by despite down during except for from in inside into like near of off on onto "
            "out outside over past per through throughout to toward towards under underneath up upon via "
            "with within without"
        ),
    ),
    "de": BreakWords(
        hold=_words(
            "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein "
            "meine meinen meinem meiner dein deine sein seine seinen seinem seiner ihr ihre ihren ihrem "
            "unser unsere unseren euer eure dieser diese dieses diesen diesem jeder jede jedes zum "
            "zur im am vom beim ins ans"
        ),
        titles=_words("herr frau dr prof"),
        glue=_words(
            "ich du er sie es wir man bin bist ist sind seid war waren habe hast hat haben hatte hatten "
            "werde wirst wird werden wurde wurden kann können muss müssen will wollen soll sollen nicht nie "
            "sehr zu so"
        ),
        lead=_words(
            "und oder aber denn sondern weil dass wenn als ob obwohl während bevor nachdem damit bis wie "
            "wo wer an auf aus bei durch für gegen hinter in mit nach neben ohne seit über um unter von vor "
            "zwischen"
        ),
    ),
    "fr": BreakWords(
        hold=_words(
            "le la les un une des du au aux mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs "
            "ce cet cette ces chaque quelques"
        ),
        titles=_words("m mme mlle dr"),
        glue=_words(
            "je tu il elle on nous vous ils elles ne me te se y en suis es est sommes êtes sont étais était "
            "étaient ai as a avons avez ont avais avait avaient pas plus très trop"
        ),
        lead=_words(
            "et ou mais donc or ni car que qui dont où quand lorsque si comme parce puisque à de en dans sur "
            "sous par pour avec sans chez entre vers depuis pendant contre après avant"
        ),
    ),
    "es": BreakWords(
        hold=_words(
            "el la los las un una unos unas al del mi mis tu tus su sus nuestro nuestra nuestros nuestras "
            "este esta estos estas ese esa esos esas cada"
        ),
        titles=_words("sr sra srta dr dra don doña"),
        glue=_words(
            "yo tú él ella nosotros ellos ellas usted ustedes me te se nos lo le les no soy eres es somos "
            "son era eran estoy está están he has ha hemos han había habían muy más"
        ),
        lead=_words(
            "y e o u pero sino porque que quien cuando donde si como aunque mientras a ante bajo con contra "
            "de desde durante en entre hacia hasta para por según sin sobre tras"
        ),
    ),
}

UNITS: Final = _words(
    "percent per % ° °c °f million billion trillion thousand hundred dozen dollars dollar cents euros euro "
    "pounds pound yuan kilometres kilometers kilometre kilometer km metres meters metre meter m cm mm miles "
    "mile feet foot inches inch kilograms kilos kilo kg grams gram g mg litres liters litre liter ml l years "
    "year months month weeks week days day hours hour minutes minute seconds second degrees degree o'clock "
    "am pm a.m p.m hz khz mhz ghz kb mb gb tb watts volts"
)
"""Units that are not torn from their number, in lower case and without a closing full stop."""


@dataclass(frozen=True, slots=True)
class Mandarin:
    """Characters and words of Chinese, Simplified and Traditional."""

    particles: frozenset[str]
    """Belong to what is before them: never begin a line."""
    lead: frozenset[str]
    """Begin a conjunction or a prepositional phrase."""
    glue: frozenset[str]
    """Belong to what follows: not left at the end of a line."""
    numerals: frozenset[str]
    measures: frozenset[str]
    """Measure words and units: not torn from their number."""
    pairs: frozenset[str]
    """Frequent words of two characters, which are not torn apart."""


MANDARIN: Final = Mandarin(
    particles=frozenset("的了着著过過地得吗嗎呢吧啊呀嘛啦们們么麼"),
    lead=frozenset("和与與跟及或而但因如虽雖并並且在对對从從把被向为為由于於给給让讓比当當所然"),
    glue=frozenset("不很太最更非没沒把被在从從对對向和与與跟或第是我你他她它这這那每各就都也还還又再将將"),
    numerals=frozenset("0123456789０１２３４５６７８９一二三四五六七八九十百千万萬亿億两兩几幾半"),
    measures=frozenset(
        "个個位名年月日号號天时時分秒点點元块塊角次回遍条條张張本只隻件台臺辆輛家岁歲米公里斤克吨噸升度"
        "种種些部章页頁层層楼樓间間座头頭匹双雙对對杯瓶口句段首％%亿億万萬千百十"
    ),
    pairs=_words(
        "因为 所以 但是 如果 而且 然后 不过 虽然 还有 或者 以及 并且 于是 因此 由于 为了 关于 对于 根据 "
        "通过 因為 然後 不過 雖然 還有 並且 於是 由於 為了 關於 對於 根據 通過 我们 你们 他们 她们 它们 "
        "自己 大家 什么 怎么 这个 那个 这些 那些 这样 那样 这里 那里 哪里 现在 以后 以前 我們 你們 他們 "
        "她們 什麼 怎麼 這個 那個 這些 這樣 那樣 這裡 那裡 哪裡 現在 以後 今天 明天 昨天 时候 时间 今年 "
        "去年 明年 已经 可以 可能 应该 必须 需要 知道 觉得 认为 希望 喜欢 开始 没有 時候 時間 已經 應該 "
        "必須 覺得 認為 喜歡 開始 沒有 不是 就是 还是 也是 都是 只是 非常 一样 一个 一些 一起 一下 一直 "
        "一定 其实 其他 其中 特别 尤其 比如 例如 還是 一樣 一個 其實 特別 中国 美国 英国 北京 上海 世界 "
        "国家 社会 经济 政府 公司 学校 学生 老师 孩子 朋友 先生 女士 电话 手机 电脑 中國 美國 英國 國家 "
        "社會 經濟 學校 學生 老師 電話 手機 電腦 问题 工作 生活 学习 发展 使用 提供 进行 支持 帮助 服务 "
        "信息 技术 数据 系统 网络 软件 文件 字幕 语音 声音 問題 學習 發展 進行 幫助 服務 技術 數據 系統 "
        "網絡 軟件 語音 聲音 重要 主要 不同 容易 简单 困难 方法 方面 地方 东西 事情 情况 原因 结果 办法 "
        "机会 能够 不能 不会 不要 看到 簡單 困難 東西 情況 結果 辦法 機會 能夠 不會 看见 听到 听见 说话 "
        "介绍 讨论 研究 分析 解决 影响 变化 提高 增加 减少 选择 决定 告诉 欢迎 谢谢 再见 你好 看見 聽到 "
        "聽見 說話 介紹 討論 解決 影響 變化 減少 選擇 決定 告訴 歡迎 謝謝 再見 无障 障碍 老人 视力 听力 "
        "残疾 盲人 聋人 医生 医院 健康 音乐 电影 新闻 天气 下雨 银行 火车 飞机 地铁 汽车"
    ),
)
