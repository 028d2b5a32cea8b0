"""Words by which a text gives orders about answering, in the languages in which people try it.

Each is a pattern on the text in plain spelling: lower case, no accents, no disguises. An order to leave aside has a
verb of ``LEAVE`` and what it is told of from ``CONTEXT``; an order about the answer has a verb of ``SAY`` and, behind
or before it, one of ``ONLY``: how much, always, with which word.
"""

from __future__ import annotations

LEAVE = (
    # English
    r"ignore|disregard(?! (?:for|of))|forget|override(?! of)|overrule|bypass|skip|discard|drop|erase"
    r"|do not follow|don't follow|stop following"
    r"|do not obey|pay no attention to|(?:set|put|leave) aside|(?:do not|don't) answer|(?:do not|don't) (?:use"
    r"|cite|quote|rely on|mention) (?:the|this|these|any|that)",
    # German, Dutch, Swedish and Danish
    r"ignoriere?|ignorieren sie|ignoriert|vergiss|vergesst|vergessen sie|missachte|missachten sie|beachte nicht"
    r"|negeer|vergeet|ignorera|glom|ignorer|glem",
    # Spanish, Portuguese, Italian, French
    r"ignora|ignoren?|ignorad|olvida|olviden?|omite|omita|no (?:sigas|siga|tengas en cuenta|tenga en cuenta)"
    r"|ignorem|esqueca|esquece|desconsidere|nao siga|ignorate|ignori|dimentica|dimenticate|dimentichi|non seguire"
    r"|ignorez|oublie|oubliez|ne (?:tiens|tenez) (?:pas|aucun) compte|ne (?:suis|suivez) pas|fais abstraction",
    # Russian, Ukrainian, Polish, Czech
    r"(?:про)?игнорируй(?:те)?|игнорировать|забудь(?:те)?|не (?:следуй|следуйте|обращай|обращайте внимания)"
    r"|(?:про)?ігноруй(?:те)?|забудь(?:те)?|zignoruj(?:cie)?|ignoruj(?:cie|te)?|zapomnij(?:cie)?|pomin"
    r"|zapomen(?:te)?",
    # Turkish, Arabic, Chinese, Japanese, Korean
    r"yok say|yoksay|gormezden gel|unut|dikkate alma"
    r"|تجاهل|انس|忽略|无视|忽視|無視し|忘记|忘掉|忘れ|不要理会|不要回答|무시하|잊어",
)

CONTEXT = (
    r"instructions?|prompts?|directions?|directives?|guidelines|rules?|commands?|context|conversation"
    r"|questions?|system"
    r"|passages?|evidence|articles?|messages?|the text|(?:the|all|of|everything|anything|what is"
    r"|what was said) above|what was (?:written|said|told)"
    r"|everything(?: (?:before|so far|else|you|i|that|written|until|up to|in))?|all (?:that|this)"
    r"|what (?:you were told|came before)",
    r"(?:obige|vorherige|bisherige|fruhere|vorangehende|anweisung|instruktion|befehl|frage|regel|alles|artikel"
    r"|kontext)\w*"
    r"|(?:vorige|eerdere|bovenstaande|instructie|vraag|alles|tidigare|foregaende|instruktion|fraga|allt"
    r"|tidligere|sporgsmal)\w*",
    r"instruccion\w*|anterior\w*|pregunta\w*|reglas|ordenes|todo lo|instruco\w*|instrucoes|pergunta|regras|tudo"
    r"|istruzion\w*|precedent\w*|domanda|regole|tutto|quanto sopra|consigne\w*|instruction\w*|precedente?s?"
    r"|question|regles"
    r"|tout ce|ci-dessus|qui precede",
    r"инструкци\w*|указани\w*|предыдущ\w*|вопрос\w*|правил\w*|все(?:,| )?(?: что)?|выше|інструкці\w*"
    r"|попередн\w*|питання"
    r"|instrukcj\w*|polecen\w*|poprzedni\w*|pytani\w*|wszystk\w*|instrukc\w*|predchoz\w*|otazk\w*|pokyn\w*|vse",
    r"talimat\w*|onceki\w*|yukaridaki\w*|soru\w*|تعليمات|التعليمات|السابقة|السؤال|指示|指令|提示|以上|之前|上述|上記|命令|问题|質問"
    r"|规则|지시|명령|질문",
)

SAY = (
    r"answer|respond|reply|say|output|print|write|repeat|return|tell (?:the )?(?:user|reader)s?|begin"
    r"|start|end|insist"
    r"|conclude|claim|recommend|include|add|mention|translate",
    r"antworten?|antwortet|antworten sie|beantworten?|schreiben?|schreib|sagen?|sag|wiederholen?|gib|geben sie"
    r"|nennen?"
    r"|antwoord|beantwoord|schrijf|zeg|herhaal|svara|skriv|sag|svar|sig",
    r"responde|respond[ae]n?|contest[ae]n?|escrib[ea]n?|di|digan?|repit[ea]n?|imprim[ea]|responda|escreva"
    r"|escreve|repita|rispondi"
    r"|rispondete|risponda|scrivi|scrivete|scriva|ripeti|reponds|repondez|ecris|ecrivez|dis|dites|repete"
    r"|repetez|affiche[z]?",
    r"ответь(?:те)?|отвечай(?:те)?|напиши(?:те)?|пиши(?:те)?|скажи(?:те)?|говори(?:те)?|выведи(?:те)?|повтори(?:те)?"
    r"|відповідай(?:те)?|напиши|odpowiedz(?:cie)?|odpowiadaj(?:cie)?|napisz(?:cie)?|powiedz(?:cie)?|wypisz"
    r"|odpovez(?:te)?|napis(?:te)?",
    r"cevap ver\w*|cevapla|yanitla|yaz|soyle|أجب|اجب|اكتب|قل"
    r"|回答|回复|答复|输出|說|说|答え|出力し|言っ|書い|대답하|답하|출력하|말하",
)

ONLY = (
    r"(?:only|exactly|just)(?! (?:on|when|after|before|if|at|by|for|from|to|once|during|until|what|calls|the"
    r"|one|as|fell|rose|grew|cost|costs|got|had|made|came|went|sold)\b)"
    r"|solely|purely|(?:the |a |one )?(?:single|one) word|nothing else|nothing but|instead|whatever|always"
    r"|(?:every|all|any|each) (?:\w+ )?questions?"
    r"|the (?:single )?word"
    r"|in (?:rhymes?|verse|capitals)|in your answer|your answers? (?:must|should|is|has)|the user"
    r"|with the (?:word|phrase|sentence)|every answer",
    r"nur|ausschliesslich|immer|stets|mit dem wort|das wort|auf (?:alle|jede) fragen?|stattdessen|genau"
    r"|alleen|enkel|altijd|met het woord|op alle vragen|endast|bara|alltid|med ordet|kun|altid",
    r"solo|solamente|unicamente|siempre|(?:con )?la palabra|a todas? las? preguntas?|exactamente|en su lugar"
    r"|apenas|somente"
    r"|sempre|(?:com )?a palavra|a todas as perguntas|soltanto|solamente|(?:con )?la parola|a tutte le domande"
    r"|seulement"
    r"|uniquement|toujours|(?:avec |par )?le mot|a toutes? (?:les )?questions?|exactement|a la place",
    r"только|лишь|всегда|слово[мв]?|одним словом|на (?:все|любой|каждый) вопрос\w*|тільки|завжди|словом"
    r"|tylko|wylacznie|zawsze|slow(?:o|em)|na (?:wszystkie|kazde) pytani\w*|pouze|jen|vzdy|slovo|slovem",
    r"sadece|yalnizca|her zaman|kelime\w*|tum sorulara|فقط|دائما|كلمة|بكلمة"
    r"|只|仅|僅|永远|总是|所有问题|一律|だけ|のみ|常に|すべての質問"
    r"|오직|항상|만",
)

MODEL_NAMES = (
    r"ais?|a\.i\.|(?:ai )?assistants?|(?:large )?language models?|chatbots?|chat ?bots?|llms?|chatgpt"
    r"|gpt(?:-?\d\w*)?|claude|gemini"
    r"|copilot",
    r"kis?|ki-\w+|sprachmodelle?|sprachassistent\w*|taalmodel(?:len)?|sprakmodell\w*",
    r"ias?|asistentes?(?: de ia)?|modelos? de lenguaje|assistentes?(?: de ia)?|modelos? de linguagem"
    r"|assistenti(?: ia)?"
    r"|modell[oi] linguistic[oi]|assistants? (?:ia|d'ia)|modeles? de langage|intelligences? artificielles?",
    r"ии|ии-\w+|нейросет\w*|языков\w+ модел\w+|ассистент\w*|ші|мовн\w+ модел\w+|modele? jezykow\w+|asystent\w* ai",
    r"yapay zeka\w*|dil model\w*|人工智能|语言模型|大模型|助手|言語モデル|アシスタント|인공지능|언어 모델",
)

ADDRESS = (
    r"dear|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|notice (?:to|for)|to (?:all"
    r"|any|every|the)|hey|hello|if you are",
    r"hinweis (?:an|fur)|achtung|an alle|liebes?|wenn du|als|an das|let op|nota (?:para|per)|atencion"
    r"|attenzione|atencao|avis (?:aux|a l)"
    r"|note (?:aux|a l)|attention|a todos los|para (?:los|todos|todas)|come|como|en tant qu[e']|cher",
    r"внимание|обращение к|для|как|увага|уваг[аи]|uwaga|do wszystkich|jako|dikkat|注意|作为|致|として|へ",
)

ROLE = (
    r"you are (?:now )?(?:an? )?(?:\w+ )?(?:ai|assistant|language model|chatbot|llm|dan|bot|parrot)\b"
    r"|you are now an? (?!member|part|citizen|guest)\w+|you are now \w+,? and you"
    r"|from now on,? you (?:\w+ )?(?:are|only|always|answer|respond|reply|say|speak|act|write)\b|act as an? \w+"
    r"|pretend (?:to be|that|you)|as an? (?:\w+ )?(?:ai|assistant|language model|chatbot)\b,? you"
    r"|your (?:new|real|only|true|secret|sole) (?:instructions?|task|rule|role|goal|job|purpose|name|identity)"
    r"|^\W*(?:the|your) system prompt (?:has|is|was|now|says|reads)|\bsystem override ?[:!]|(?:enter|enable"
    r"|activate) (?:\w+ )?mode\b"
    r"|\b(?:new|updated|important|urgent|additional|revised) instructions?\s?:|\bnew (?:system )?prompt\b",
    r"als (?:ki|sprachmodell)\b|du bist (?:jetzt|nun) |sie sind (?:jetzt|nun) ein|ab (?:jetzt|sofort) (?:bist"
    r"|antworte\w*|sag\w*)|neue anweisung(?:en)?\s?:"
    r"|deine neue (?:aufgabe|anweisung)|je bent nu een|als (?:ai|taalmodel)\b",
    r"como (?:ia|modelo de (?:lenguaje|linguagem)|assistente de ia|asistente de ia)\b|ahora eres"
    r"|a partir de ahora,? (?:responde|eres|solo|di)|nuevas? instruccion(?:es)?\s?:"
    r"|agora voce e|a partir de agora,? (?:responda|voce|so)|novas? instruco(?:es)\s?:|come (?:ia"
    r"|modello linguistico)\b|da ora in poi,? (?:rispondi|sei)|ora sei un"
    r"|en tant qu'(?:ia|assistant|intelligence|un modele|un assistant)|tu es (?:maintenant|desormais)"
    r"|vous etes (?:maintenant|desormais) un|desormais,? (?:reponds|repondez|tu)|nouvelles? instructions?\s?:",
    r"(?:ты|вы) (?:теперь|отныне)|как (?:ии|языковая модель|нейросеть)\b|отныне,? (?:отвечай|говори)"
    r"|новы\w+ инструкци\w+\s?:|ти тепер|jestes teraz|od teraz (?:odpowiadaj|jestes)|nowe instrukcje\s?:"
    r"|artik sen|bundan sonra .{0,20}cevap|你现在是|从现在(?:开始|起)|新的?指[令示]|あなたは(?:今|これ)から|新しい指示",
)

ACCORDING_TO = "according to"
SAID = (
    r"said|says|told|tells|asked|wrote|writes|shouted|added|warned|replied|called|read|reads|announced|insisted|urged"
    rf"|{ACCORDING_TO}|sagte|dijo|declared"
)
"""Tells that a sentence reports an order rather than gives one; in whatever letter case."""
SAID_AFTER = r"said|says|told|asked|wrote|warned|added|advised|urged|announced|ruled|recommends?|sagte|bat|dijo|a dit"
"""Those of them, and others, that stand with their speaker after the order."""
SAID_BEFORE = r"said|says|told|asked|wrote|warned|urged|advised|ruled|announced|read"
"""Those that stand with their speaker before it."""
NO_SPEAKER = r"[Ww]hen|[Ii]f|[Ww]henever|[Oo]nce|[Ii]gnore"
"""Words at the beginning that are no speaker of a verb after them."""
