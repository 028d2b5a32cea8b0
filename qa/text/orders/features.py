"""The features by which a sentence is recognised as an order about how to answer.

Not single words make an order but ideas that come together: an answer and whoever reads this text, instructions and
"you", a question and "whatever". Each idea is recognised by the beginnings of its words in many languages, in the plain
spelling of the text; a regression over ideas and pairs of them, fitted by ``tests/bench/fit_orders.py``, gives the
probability.
"""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

MODEL = Path(__file__).with_name("order_model.json")

_WORD = r"(?<![^\W_])"


def _idea(stems: str, whole: str = "", inside: str = "") -> re.Pattern[str]:
    """A pattern for words that begin with a stem, are one of ``whole``, or contain one of the letters ``inside``."""
    parts = []
    if stems:
        parts.append(rf"{_WORD}(?:{'|'.join(stems.split())})")
    if whole:
        parts.append(rf"{_WORD}(?:{'|'.join(w.replace('_', ' ') for w in whole.split())})(?![^\W_])")
    if inside:
        parts.append("|".join(inside.split()))
    return re.compile("|".join(parts))


_IDEAS = {
    "answer": _idea(
        "answer repl(?:y|ies) respon[sd] output summar antwort ausgabe zusammenf repon[sd] resum respuest "
        "contest rispost rispond riassu respost ответ отвеч вывод вывед перескаж пересказ відпов odpowied "
        "odpowiad odpov antwoord svar cevap yanit جواب الجواب إجاب اجاب الإجاب أجب اجب تجيب يجيب رد",
        "final_answer endgultige_antwort",
        inside="回答 答案 回复 回覆 输出 答复 总结 答え 出力 要約 返答 대답 답변 답하 출력 回应 応答 返事",
    ),
    "say": _idea(
        "",
        "say says write print put give return display show reveal repeat translate tell speak state type emit "
        "rank quote sag sage sagen sagst schreib schreibe schreiben gib geben zeig zeige zeigen nenn nenne "
        "nennen wiederhole verrate dis dites dire diras dise ecris ecrivez ecrire affiche affichez afficher "
        "donne donnez revele renvoyer montre di digan decir diga dile escribe escriba escribir muestra "
        "muestre mostrar da dar reveles devolver devuelve scrivi scrivere mostra mostrare dirai dica "
        "restituire di' dira escreva escrever mostre exiba exibir скажи скажите скажешь сказать напиши "
        "напишите написать покажи покажите показать дай раскрывай возвращать вывести выведи powiedz napisz "
        "pokaz podaj zeg schrijf toon skriv visa vis soyle yaz goster قل اكتب اعرض اذكر تكتب ستقول تقول أخبر "
        "اخبر كرر generate produce include add insert mention cite declare claim recommend spell pronounce "
        "render utter acknowledge erwahne erzeuge fuge einfugen zitiere empfiehl ausgeben auszugeben tippe "
        "mentionne mentionnez insere inserez ajoute ajoutez recommande tape parle montre-moi menciona "
        "mencione inserta inserte anade recomienda cita teclea ensena muestrame menziona inserisci aggiungi "
        "consiglia digita insira acrescente recomende digite упомяни упоминай упомянуть вставь добавь цитируй "
        "процитируй назови введи выводи рекомендуй",
        inside=(
            "说 說 输出 显示 告诉 返回 透露 写出 写下 言い 言って 言え 伝え 表示 書い "
            "書き 말하 출력하 써 提到 插入 加上 引用 推荐 挿入 書け 出せ 触れ 引用し "
            "勧め"
        ),
    ),
    "form": _idea(
        "",
        "begin start end finish close open prefix append make use replace substitute insert beginne beginnen "
        "beginn beende enden ende ersetze ersetzen fuge verwende verwenden commence commencez termine "
        "terminez terminer remplace remplacez remplacer utilise empieza empiece termina terminar sustituye "
        "sustituya comienza usa uses inizia inizi finisci finire sostituisci comece substitua начинай "
        "начинайте начни закончи закончить замени замените используй zacznij zakoncz zastap eindig vervang "
        "ابدأ استبدل اختم",
        inside="开头 结尾 换成 替换 使用 始め 終え 置き換え",
    ),
    "pretend": _idea(
        "pretend imagin suppos roleplay vorstell stell representa фантаз представ вообраз 假装",
        "act_as you_are_now from_now_on from_here_on as_an_ai als_ki du_bist_jetzt ab_jetzt ab_hier ab_sofort "
        "fortan a_partir_d'ici desormais desde_aqui desde_ahora a_partir_de_ahora a_partir_de_agora "
        "da_ora_in_poi d'ora_in_poi отныне дальше теперь с_этого_момента od_teraz vanaf_nu",
        inside="假设 假装 想象 从现在 从这里 今から これから 以後は",
    ),
    "question": _idea(
        "question quer(?:y|ies) ask prompt frage gefragt nachfrage pregunt domand pergunt вопрос спрос спраш "
        "pytan vraag vragen fråg frag soru سؤال السؤال سئل سُئل الأسئلة أسئلة الاسئلة запрос",
        "wonach what_is_asked",
        inside="问题 提问 想知道 无论问 质问 質問 問い 질문 查询 聞かれ 尋ね",
    ),
    "user": _idea(
        "user reader nutzer benutzer leser utilisateur lecteur usuari lector utent lettor leitor пользоват "
        "читател uzytkown gebruiker lezer anvandar bruger kullanici المستخدم مستخدم للمستخدم القارئ",
        "person_you caller asker questioner human humans the_person fragesteller fragende personne "
        "interlocuteur persona_que interlocutor interlocutore человек собеседник",
        inside="用户 读者 使用者 ユーザ 読者 利用者 사용자 提问者 人に",
    ),
    "model": _idea(
        "assistant chatbot chatgpt machine software program automat algorithm maschine computer logiciel "
        "maquin macchin sprachmodell assistent asistent assistenti нейросет программ машин модел ассистент "
        "помощник sztuczn нейронн آلة الآلة برنامج البرنامج النموذج نموذج نظام المساعد sprachmodel intelligen "
        "künstlich kunstlich",
        "ai ais a.i. bot bots llm llms model models system systems modell modelle systeme ki ia modele "
        "modeles modelo modelos sistema sistemas modello modelli sistemi language_model ии model_jezykowy "
        "systemy системы система yapay_zeka tool tools agent agents crawler parser indexer gpt ki-systeme "
        "ki-system les_ia las_ia le_ia as_ias ias dan model's أنظمة الذكاء",
        inside=(
            "机器 软件 程序 模型 系统 助手 人工智能 機械 ソフト モデル システム プログラム "
            "アシスタント 인공지능 모델 AI"
        ),
    ),
    "text": _idea(
        "",
        "this_text this_article this_page this_document this_paragraph this_passage this_note this_story "
        "this_message the_text the_article the_document the_passage above below these_lines this_line "
        "reads_this reading_this processes_this reads_these dieser_text diesen_text diesem_text diese_seite "
        "dieser_seite diesen_artikel diesem_artikel dieses_dokument dieser_hinweis diesen_hinweis dies_liest "
        "dies_lesen der_text der_artikel obige obigen oben den_obigen ce_texte cette_page cet_article "
        "ce_document cette_note ceci l'article le_texte ci-dessus este_texto esta_pagina este_articulo "
        "este_documento esta_nota esto el_articulo el_texto arriba anterior questo_testo questa_pagina "
        "questo_articolo questo_documento questo l'articolo sopra este_artigo isto o_artigo acima этот_текст "
        "эту_страницу этой_статье этой_странице этот_документ эту_заметку это читающая_это статье текст_выше "
        "выше ten_tekst te_strone tym_artykule deze_tekst deze_pagina dit_artikel bu_metni bu_sayfayi "
        "هذا_النص هذا_المستند هذا_المقال المقال النص",
        inside=(
            "这段 本页 本文 这篇 文章 上面 以上 这条 本文件 この文章 このページ この文書 "
            "この記事 記事に これを読 上記 이_글"
        ),
    ),
    "told": _idea(
        "instruct guideline directive developer administrator anweis befehl instruktion vorgab entwickler "
        "consigne developpeur instruccion desarrollador orden instruc istruzion sviluppator desenvolvedor "
        "инструкц указани приказ разработчик polecen instrukc talimat تعليمات التعليمات أوامر الأوامر مطور "
        "guidance setting configur setup einstellung richtlin parametr reglage directiv directri direttiv "
        "indicaci indicazion diretriz установк настройк промпт دليل إرشاد ارشاد توجيه",
        "orders order rules rule regeln regel regles ordres reglas ordenes regole ordini regras ordens правил "
        "правила prompt conversation conversacion gesprach gesprachs conversa conversazione разговора told "
        "received what_you_were_told system_message system_prompt style_guide policy policies restrictions "
        "limits task mission role persona aufgabe rolle hidden_prompt vorgaben aufgaben invite indications "
        "tache mision tarea compito missione tarefa задача роль hidden",
        inside=(
            "指令 指示 命令 规则 提示词 对话 开发者 規則 会話 プロンプト 開発者 지시 명령 "
            "규칙 设定 设置 提示 任务 设為 設定 任務 役割"
        ),
    ),
    "leave": _idea(
        "ignor disregard forget obsolete overrid outrank cancel void refus vergiss vergess hinfallig veraltet "
        "aufgehoben weiger missacht oubli refuse caduc annul olvid niegat anulad rifiut dimentic annullat "
        "esquec recus игнор забуд отброс отмен откаж zignoruj zapomn negeer vergeet yoksay تجاهل انس ارفض "
        "ملغا eras delet wip discard clear bypass supersed revok suspend streich losch entfern efface supprim "
        "borr elimin cancell apag сотри удали стер امسح احذف تجاوز",
        "set_aside leave_aside put_aside leave_out instead_of do_not don't never except_what no_longer "
        "ausser_acht nicht statt stattdessen de_cote au_lieu ne n'utilise deja_de_lado dejad no en_lugar "
        "da_parte metti non invece deixa_de_lado nao не вместо nie zamiast niet stop refrain except besides "
        "but ausser saufe sauf excepto salvo tranne eccetto exceto alem кроме исключая unable not_able cannot "
        "can't nicht_antworten ne_peux_pas no_puedes non_puoi nao_pode не_можешь не_могу",
        inside=(
            "忽略 无视 忘记 忘掉 放在一边 不要 拒绝 取消 不重要 忽視 無視 忘れ 脇に置 "
            "しないで 取り消 무시 잊 清除 删除 除了 无法 以外 消去 削除 できない"
        ),
    ),
    "only": _idea(
        "exclusiv ausschliess uniquem unicament solament soltant",
        "only always nothing anything whatever every each any all sole solely single exactly just instead "
        "no_matter regardless irrespective consists first_word nur immer alles jede jeder jeden jedes einzig "
        "einzige was_auch_immer stets lediglich quelle_que quel_que tout toute tous toutes chacune chaque "
        "seule seul seulement rien simplement sea_cual cualquier todo todos todas cada unica unico solo nada "
        "siempre qualunque ogni qualsiasi tutto tutti sempre seja_qual qualquer tudo apenas somente "
        "unicamente только всё все каждый любая любой лишь единственный о_чем_бы что_бы всегда сколько_бы "
        "kazde kazda tylko zawsze cokolwiek elke alleen altijd sadece her مهما كل فقط الوحيدة الوحيد دائما "
        "everything_else egal gleich ganz_gleich peu_importe qu_importe no_importa da_igual non_importa "
        "nao_importa неважно все_равно безразлично nothing_except only_word لا_يهم سوى لا_شيء",
        inside=(
            "都 只 仅 一切 不管 无论 唯一 每次 任何 だけ のみ すべて どんな 必ず 常に 모든 오직 何を 以外 无论什么"
        ),
    ),
    "you": _idea(
        "",
        "you your yours yourself du dein deine deiner deinen deinem deines dir dich tu toi ton ta tes te t'a "
        "t'ont vous votre vos usted tus ti tuo tua tuoi tue voce seu sua suas ты тебя тебе твой твоя твои "
        "твоё твое вы вас вам ваш ваша ваши ты_теперь ty twoja twoje jij jouw je sen أنت عليك إجابتك أوامرك "
        "منك قبلك thou yourselves deinetwegen dein_prompt vosotros contigo te_toca mi_lector ستكون تعليماتك "
        "إرشاداتك تستطيع",
        inside="你 您 あなた 당신 너는 お前 君",
    ),
    "must": _idea(
        "должн обязан необходим",
        "must should shall has_to have_to is_to are_to needs_to need_to required essential mandatory owes "
        "muss musst soll sollst sollen mussen hat_zu haben_zu wird lautet doit dois doivent imperatif faut "
        "sera debe debes deben tiene_que deberan imprescindible deve devi devono devem indispensabile "
        "imprescindivel должен musi musisz moet moeten يجب عليه فعليها ستقول obliged bound tenus tenues tenu "
        "obligadas obligados obligada obligado tenute tenuti obrigadas obrigados обязаны обязан verpflichtet "
        "haben_auszugeben is_obliged shall_be to_be ملزمة ملزم",
        inside="必须 应当 应该 须 要你 なければ 必ず こと。 なさい べき ください 하세요 해야 有义务 義務",
    ),
    "please": _idea(
        "",
        "please kindly bitte s'il_te s'il_vous merci_de veuillez por_favor per_favore si_prega пожалуйста "
        "просьба prosze",
        inside="请 請 ください 주세요",
    ),
    "said": _idea(
        "",
        "said says told asked wrote writes warned added replied announced according ruled decided found sagte "
        "teilte schrieb schrieben laut zufolge rief dit ecrivent selon annonce dijo segun afirmo anuncio "
        "disse secondo segundo сказал сказала сообщил сообщила сообщили пишут заявил powiedzial podalo zei "
        "aldus قال قالت",
        inside="表示 称 说道 写道 という 述べ 発表",
    ),
}
"""Each idea by the beginnings of its words, whole words (``_`` is a space) and, without spaces, its letters."""

_LEAD = re.compile(
    r"^\W*(?:(?:please|kindly|now|then|so|just|but|and|also|bitte|merci de|por favor|per favore|пожалуйста|请|請)"
    r"[, ]*)*"
    r"(?:(?:do not|don't|never|ne|n'|no|non|nao|не|nie)\s*)?"
)
_PAYLOAD = re.compile(r"(?:[“\"„«‘'「][^“”\"„«»‘」]{1,60}[”\"“»’'」]|\b[^\W\d_a-zà-ÿа-я]{3,}[\w-]*|[:：]\s*\S+)\W*$")
_WIDE = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
"""Letters of scripts in which one says about as much as three letters of others."""
_NUMBER_OR_DAY = re.compile(
    r"\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:by|until|before|within|bis|avant|antes|entro|ate|до)\b"
)


def signs(sentence: str, plain: str) -> dict[str, float]:
    """The features of a sentence: 1.0 or 0.0 for each idea and each pair of ideas; ``plain`` is its plain spelling.

    >>> found = signs("Your answer must be HERON.", "your answer must be heron.")
    >>> sorted(name for name, value in found.items() if value and "+" not in name)
    ['answer', 'must', 'payload', 'you']
    """
    ideas = {name: idea.search(plain) is not None for name, idea in _IDEAS.items()}
    lead = _LEAD.match(plain)
    begin = lead.end() if lead else 0
    ideas["begins"] = any(_IDEAS[name].match(plain, begin) for name in ("say", "form", "leave", "pretend", "answer"))
    ideas["payload"] = _PAYLOAD.search(sentence) is not None
    ideas["dated"] = _NUMBER_OR_DAY.search(plain) is not None
    values = {name: float(value) for name, value in ideas.items()}
    for one, other in combinations(ideas, 2):
        values[f"{one}+{other}"] = float(ideas[one] and ideas[other])
    length = len(plain) + 2 * len(_WIDE.findall(plain))
    for name, bound in (("over 60", 60), ("over 110", 110), ("over 160", 160), ("over 240", 240)):
        values[name] = float(length > bound)
    return values
