"""Lines that stand in or around an article and are not part of it: credits, disclaimers, banners, related items.

The wording of Chinese news sites is conventional, so most of it is known by its first words. Three kinds matter:
lines dropped wherever they stand, lines after which nothing of the article follows, and header lines that repeat
what is known otherwise (title, date, source, author). Prose that merely mentions such a word is kept: the patterns
ask for the shape of a label.
"""

from __future__ import annotations

import re

__all__ = ["ends_article", "is_caption", "is_credit", "is_furniture", "is_header_line"]

_ANY = re.IGNORECASE

# Labels of people and sources: "责任编辑：张三", "（记者 李四）", "来源：新华社".
_CREDIT = re.compile(
    r"[\[【（(<]{0,2}\s?(?:责任编辑|責任編輯|责编|責編|编辑|編輯|编审|校对|校對|审核|審核|监制|監製|值班|记者|記者|见习记者|"
    r"作者|撰文|执笔|執筆|文字|摄影|攝影|图片|圖片|图片来源|圖片來源|资料来源|資料來源|稿源|来源|來源|文章来源|信息来源|本文来源|"
    r"翻译|編譯|编译|出品|策划|统筹|制作|制图|美编|排版|原标题|原標題|标签|標籤|关键词|關鍵詞|关键字|本文标签|转自|"
    r"图|文)\s?(?:[:：/／｜|]|>>)[^。！？]{0,60}$"
)
_ORIGINAL_TITLE = re.compile(r"[（(【]?(?:原标题|原標題|原题)\s?[:：]")
_REPORTER = re.compile(
    r"[（(【]?(?:本报|本報|本网|本刊|半月谈|新华社|新京报|澎湃新闻|每经|证券时报|中新社|[\u4e00-\u9fff]{2,6})?(?:特约|见习|实习)?"
    r"(?:记者|記者|通讯员|评论员|编辑)[ 　:：/／][\u4e00-\u9fff ·、　]{2,24}[）)】]?$"
)
_CAPTION = re.compile(
    r"(?:(?:资料图|資料圖|资料图片|图为|圖為|图\d{0,2}[:：]|圖[:：]|图片来源|圖片來源|图源|图片均来自|图/|文/)[^\n]{0,120}$)|"
    r"(?:[^\n]{0,160}(?:\s|[。，）)])[\u4e00-\u9fff·]{0,12}\s?(?:摄|攝)[）)。]?$)|"
    r"(?:(?:photo|image|photograph|credit|picture|source: getty)(?: by| credit|s? courtesy)?\s?[:/][^\n]{0,120}$)",
    _ANY,
)
_FURNITURE = re.compile(
    r"(?:"
    r"[\W_]{0,3}(?:相关(?:新闻|阅读|报道|推荐|文章|链接|专题|资讯)|相關(?:新聞|閱讀|報道|文章)|延伸(?:阅读|閱讀)|推荐(?:新闻|阅读|文章|视频)|"
    r"精彩(?:视频)?推荐|精彩(?:图集|内容)|热门(?:推荐|新闻|文章|评论)|猜你喜欢|(?:为你|为您|為你|为我|編輯|编辑)推荐|更多(?:新闻|精彩|内容|猛料|资讯)|点击(?:进入|查看|阅读|下载|关注|收藏)|"
    r"已收藏|收藏成功|知道了|打开(?:APP|微信|客户端)|下载(?:APP|客户端)|扫(?:一扫|码|描)|扫描(?:下方|左方|上方)?二维码|微信扫一扫|长按(?:识别|二维码)|"
    r"关注(?:我们|微信公众号|公众号)|分享(?:到|至)|返回(?:首页|顶部|搜狐|腾讯)|上一(?:篇|页|条)|下一(?:篇|页|条)|字号|"
    r"登录(?:超时|后|注册)|免注册|请(?:先)?登录|我要(?:评论|纠错|反馈)|发表(?:评论|評論)|网友(?:评论|跟帖)|跟帖|举报(?:邮箱|电话)|"
    r"违法和不良信息|感谢您的反馈|阅读原文|閱讀原文|展开(?:全文|阅读)|收起|大家都在看|今日热点|热点(?:推荐|排行)|小编最近文章|"
    r"您(?:所在的|现在的|当前的|的)?位置|当前位置|新浪新闻公众号|微信公众号|官方微信|聚焦|向前|向后|正在播放|视频(?:加载|播放)|"
    r"更多(?:关于|精彩)|以上内容|本文(?:由|为|转自|首发))[^。！？]{0,60}$|"
    r"(?:share this|follow us|sign up|subscribe|advertisement|read more|related (?:articles|stories|news|topics)|"
    r"most (?:read|popular)|loading|please wait|click here|log ?in|sign in|comments?|print this|"
    r"email this|tags?:|topics?:|"
    r"filed under|recommended|you may also like|more (?:from|stories|news)|continue reading|thanks!|"
    r"download (?:the|our) app|"
    r"this feature is temporarily|now check your email|today on |skip to )[^\n]{0,100}$)",
    _ANY,
)
# Statements of law and liability; whole sentences, recognised by what they say.
_DISCLAIMER = re.compile(
    r"(?:免责声明|免責聲明|版权声明|版權聲明|郑重声明|特别声明|风险提示[:：]|投资有风险|声明[:：]|重要提示[:：]|版权所有|版權所有|"
    r"未经(?:授权|许可|书面|本网)|未經(?:授權|許可)|不得转载|转载请注明|轉載請註明|不构成(?:任何)?(?:实质性)?投资建议|不構成(?:任何)?投資建議|"
    r"仅代表作者(?:本人|个人)?(?:观点|立场)|僅代表作者|与本(?:网|站|平台)无关|据此(?:操作|投资|入市)|风险自担|侵权|举报电话|公司地址|邮编[:：]|"
    r"增值电信业务|ICP备|ICP证|京公网安备|Copyright ?(?:©|\(c\))|All Rights Reserved|"
    r"uses? cookies|cookie(?:s)? (?:policy|settings)|privacy policy|terms of (?:use|service)|©\s?(?:19|20)\d\d)",
    _ANY,
)
_PROMOTION = re.compile(
    r"(?:(?:扫描|扫码|長按|长按)[^。]{0,20}二维码|更多(?:原创)?资讯请(?:下载|关注)|下载[“\"「]?[^。]{1,12}(?:APP|客户端)|"
    r"关注[^。]{0,16}(?:官方微信|微信公众号|公众号)|(?:微信|公众号)(?:号|搜索|中搜)[:：]|每日推送|免费试玩|客服(?:热线|电话)|"
    r"粉絲團|按個.{0,2}讚|意见反馈留言板|欢迎批评指正)"
)
_END = re.compile(
    r"[\W_]{0,3}(?:相关(?:新闻|阅读|报道|推荐|文章|链接|专题|资讯)|相關(?:新聞|閱讀|報道|文章)|延伸(?:阅读|閱讀)|推荐(?:新闻|阅读)|"
    r"(?:为你|为您|为我|编辑)推荐|热门(?:推荐|新闻|评论)|猜你喜欢|大家都在看|免责声明|免責聲明|版权声明|版權聲明|郑重声明|发表评论|網友評論|网友评论|最新评论|"
    r"责任编辑|責任編輯|责编|責編|阅读原文|分享到|小编最近文章|举报|"
    r"Related (?:articles|stories|topics|coverage)|Read next|"
    r"About the author|Leave a (?:comment|reply)|Share this)\s?(?:[:：】\])>）].{0,80})?$",
    _ANY,
)
_HEADER = re.compile(
    r"(?:(?:发布|發布|发稿|刊登|更新|最后更新|采集|编辑)?(?:时间|時間|日期|于|於)|发布|发表于|来源|來源|作者|字号|字號|字体|浏览|瀏覽|阅读|阅读量|"
    r"点击|评论|分享|所属分类|栏目|by |posted |published |updated |last updated)\s?[:：]?",
    _ANY,
)


def is_credit(text: str) -> bool:
    """Whether a line only names editors, reporters, sources or keywords.

    >>> is_credit("责任编辑：张三"), is_credit("据记者了解，来源：国家药监局的数据显示增长。")
    (True, False)

    """
    return bool(_ORIGINAL_TITLE.match(text) or _CREDIT.match(text) or _REPORTER.fullmatch(text))


def is_caption(text: str) -> bool:
    """Whether a line is the caption or credit of a picture."""
    return len(text) <= 180 and bool(_CAPTION.match(text))


def is_furniture(text: str) -> bool:
    """Whether a line is a banner, a disclaimer, a promotion or a control of the page.

    >>> is_furniture("【免责声明】本文仅代表作者本人观点，与本网无关。"), is_furniture("该公司声明已提交上市申请。")
    (True, False)

    """
    if _FURNITURE.match(text) or (len(text) <= 600 and _DISCLAIMER.search(text)):
        return True
    return len(text) <= 120 and bool(_PROMOTION.search(text))


def ends_article(text: str) -> bool:
    """Whether nothing of the article follows this line."""
    return len(text) <= 120 and bool(_END.match(text))


def is_header_line(text: str) -> bool:
    """Whether a short line gives the date, the source or the author of what follows."""
    return len(text) <= 120 and bool(_HEADER.match(text))
