"""How English pages of news sites speak to their readers, and how they tell who wrote a story."""

from __future__ import annotations

from index.language.pack import spelled
from index.language.parts.site import Bylines, Site

SITE = Site(
    list_labels=(
        r"(?:the )?latest (?:news|stories|headlines|updates)"
        r"|(?:top|breaking|more|other|recent|popular|featured|recommended|trending) (?:news|stories|headlines|articles"
        r"|posts|videos)"
        r"|more (?:from|on) (?:this (?:story|topic|section|author)|the web|our site)"
        r"|related(?: (?:articles?|stories|news|topics|content|links|posts|coverage|reading|videos?))?"
        r"|recommended(?: for you)?|trending(?: now)?|read next|up next|what to read next"
        r"|editors?['’]?s? (?:picks|choice)"
        r"|most (?:read|popular|viewed|shared|watched|commented)|you (?:may|might)(?: also)? (?:like|be interested in)"
    ),
    labels=(
        r"advertisements?|advertorial|sponsored(?: content| by .{1,40})?|paid (?:content|post)|promoted(?: content)?"
        r"|advertisement [-–—] (?:story|article|gallery|video) continues (?:below|after)"
        r"|(?:story|article|gallery) continues (?:below|after)(?: (?:this |the )?ad(?:vertisement)?)?"
        r"|continue reading(?: (?:below|the main story))?|scroll (?:down )?to continue(?: reading)?"
        r"|share(?: (?:this|via|on|with)(?: .{1,40})?)?|print this (?:article|page|story)"
        r"|e-?mail this (?:article|page|story)?"
        r"|copy (?:the )?link|link copied|save (?:article|story|for later)|listen to (?:this )?article|play video"
        r"|watch live|become an? (?:member|subscriber|supporter)|newsletter(?:\s*[:»„“\"–-]\s*.{1,60})?"
        r"|follow (?:us|along)(?: (?:on|at) .{1,80})?|(?:like|find) us on .{1,60}"
        r"|follow \S.{0,40} on (?:twitter|facebook|instagram|x)"
        r"|(?:\d+ |view |show |see |all |leave a |post a |add a )+comments?|leave a reply"
        r"|comments?(?: are closed| \(\d+\))|join the conversation"
        r"|(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)[ -]?min(?:ute)?s?\.? (?:read|listen|watch)"
        r"|(?:estimated )?read(?:ing)? time:? .{1,20}"
        r"|skip to (?:main )?content|skip (?:past )?(?:newsletter promotion|advertisement|ad)"
        r"|back to (?:top|homepage)|(?:go|return) to homepage"
        r"|read more|read (?:the )?full (?:story|article)|see more|show more|load more|view more|learn more"
        r"|click here(?: (?:to|for) .{1,80})?"
        r"|(?:sign|log) (?:in|up)(?: now| here)?|subscribe(?: now| today| here)?|register(?: now| here)?"
        r"|create (?:an )?account"
        r"|(?:manage )?cookie (?:settings|preferences|policy)|accept (?:all )?cookies|privacy policy"
        r"|terms of (?:use|service)"
        r"|(?:view|open|read) (?:this (?:e-?mail|message|newsletter) )?(?:in|on) (?:your |a |the )?"
        r"(?:web ?)?(?:browser|web)(?:: https?://\S+)?"
        r"|(?:click here to )?unsubscribe(?: here)?|(?:update|manage) (?:your |e-?mail )?preferences"
        r"|forward (?:this (?:e-?mail )?)?to a friend|our mailing address is"
        r"|(?:download|get) (?:the|our) app|never miss a story|enter your e-?mail(?: address)?|all rights reserved"
    ),
    page="page|slide",
    out_of="of",
    links=(
        r"read more|related(?: (?:article|story|reading|news))?|see also|also read|read also|read next"
        r"|you may also like|don['’]t miss|watch|listen"
    ),
    subjects="tags?|topics|filed under|posted in|categories",
    rights=(
        r"this material may not be published, broadcast"
        r"|\(?reporting by [^.]{3,80}[;.] ?(?:additional reporting|editing|writing) by"
    ),
    notices=(
        r"(?:ie|internet explorer) ?\d* is (?:not|no longer) supported"
        r"|(?:this|your) browser (?:is (?:not|no longer) supported|is out of date|does not support|doesn['’]t support)"
        r"|you are using an? (?:outdated|unsupported|old) browser"
        r"|we (?:no longer|don['’]t) support (?:your|this) browser"
        r"|(?:please )?(?:enable|turn on|activate) javascript"
        r"|javascript (?:is|must be|needs to be) (?:disabled|not enabled|required|enabled)"
        r"|to view this (?:video|site|page|content|website) .{0,60}(?:javascript|browser)"
        r"|for (?:an|the) (?:optimal|best)(?: viewing| possible)? experience,? .{0,60}(?:browser|javascript|app)"
        r"|(?:we|this (?:web)?site|our (?:web)?site|the (?:web)?site) (?:and (?:our|its) partners )?(?:uses?|stores?"
        r"|employs?) (?:\w+ ){0,3}cookies"
        r"|by (?:continuing|clicking|using|browsing|signing) .{0,80}(?:cookies|privacy policy|terms of (?:use|service))"
        r"|(?:sign up|subscribe)(?: now| today| here)? (?:for|to) (?:our|the|your|this) .{0,80}(?:newsletters?|inbox"
        r"|e-?mails?|alerts|updates|channel)\b"
        r"|(?:sign up|subscribe|register) to (?:receive|get|continue reading)\b"
        r"|get (?:the|our|your) .{0,80}(?:in|to) your inbox|(?:want|like) more (?:news|stories)(?: like this)?\?"
        r"|click here (?:to|for)\b"
        r"|(?:want|wish) to (?:change|stop) .{0,30}(?:these|our) e-?mails"
        r"|you can (?:update|change|manage) your (?:e-?mail )?preferences or unsubscribe"
    ),
    reported=(
        r"said|says|told|found|finds|according to|ruled|rules|announced|reported|wrote|added|argued|warned|showed"
        r"|accused|fined|sued|complained|testified|still"
    ),
    addressed=r"you|your|we|our|us|this (?:web)?site",
    reasons_for_cookies=(
        r"site|website|web|browser|browsing|experience|consent|accept|agree|policy|privacy|settings|preferences"
        r"|analy[sz]\w*|traffic|ads|advert\w*|personali[sz]\w*|partners|store|continu\w*|remember|device|navigation"
    ),
    words=spelled(
        """
        a an the this that these those it its all any some more most other another each no not and or but if as by for
        from in into of off on onto to up with without within out so than then when where which while who whose how
        what why is are was be been being am do does don't doesn't did have has having may might must can cannot could
        should will would we our ours us you your yours they their them here there now today again only also just please
        thank thanks about above below before after during every under over per via both either new free better best
        latest daily weekly monthly full exclusive available enabled disabled required supported unsupported outdated
        old modern current recent longer even optimal possible further limited personal personalised personalized
        relevant related special important top great necessary third parties party date least own

        internet explorer browser browsers javascript java script version versions upgrade update updates updated switch
        change changes visit use uses used using user users experience site sites website websites webpage page pages
        web app apps android iphone phone mobile device devices feature features function functions functionality
        properly correctly work works working load loading display displayed view views viewing see watch videos video
        player content contents article articles story stories material information service services enable enabling
        turn activate allow allows permit need needs support supports

        cookie cookies store stores stored employ employs collect collects process similar technologies technology track
        tracking traffic analyse analyze analytics measure improve improving ensure provide provides providing deliver
        offer offers personalise personalize remember preferences preference choice choices settings setting manage
        consent consenting accept accepting agree agreeing agreement continue continuing click clicking browsing browse
        close closing button link links banner purposes purpose privacy policy policies terms conditions data protection
        regulation partners advertising advertisement advertisements ads ad targeted based interests interest
        performance audience security give giving make makes get gets getting learn read reading know find found press
        tap select unless otherwise

        sign signing log join register registration subscribe subscribing subscriber subscribers subscription newsletter
        newsletters bulletin briefing digest inbox mail mails email emails e-mail alert alerts notification
        notifications channel podcast podcasts receive receiving send sent delivered straight directly enter address
        account free morning evening week day month morning's day's week's news headlines journalism reporting coverage
        editors team newsroom never miss like love want stay informed follow followers share keep breaking local world
        every account unsubscribe time reader readers member members already login password

        copyright rights reserved published broadcast rewritten redistributed redistribution reproduced reproduction
        republished copied distributed transmitted cached permission prior written consent express part whole form
        licensors licensed license licence affiliates company group media ltd inc corp press permitted prohibited
        strictly additional writing editing edited
        """
    ),
    about_page=(
        r"newsletters?|subscri\w+|unsubscribe|copyright\w*|all rights|cookies?|privacy|advert\w*|sponsor\w*|comments?"
        r"|(?:this|the above) (?:article|story|page|post|piece|text|(?:web)?site|video|podcast|material|content|report)"
        r"|external (?:links?|sites?|websites?)|(?:first|originally) (?:published|appeared)|e-?mail|app"
    ),
    credits=r"Photo(?:graph)?|PHOTO|Picture|Image|IMAGE|Credit|CREDIT",
    credited_to="by",
    captions=r"IMAGE|Image|PHOTO|Photo|PHOTOS|Photos|FILE PHOTO|File photo|VIDEO|GRAPHIC|Photograph|Picture",
    in_captions=r"credit|caption|source|\d+ of \d+",
    begins_caption=r"FILE\s*[-–—]|Image (?:source|caption|credit),",
    in_credits="of|for|via|and|the",
    made_by=r"(?:Photo|Photograph|Picture|Image|Video|Illustration|Graphic)s? (?:by|courtesy(?: of)?):?",
    from_left=r"(?:Pictured,? )?[Ff]rom left(?: to right)?",
    shares=r"e-?mail|print|copy link|copy|link|share|save|comments?|more",
    consent="cookie|consent|privacy",
)

BYLINES = Bylines(
    fields={
        "title": "title|headline",
        "published": r"date|published(?: on| at)?|publication date|pubdate|posted|date ?published|first published",
        "updated": r"updated(?: on| at)?|last updated|modified|last ?mod(?:ified)?|date ?modified",
        "author": "authors?|by ?line|by",
        "outlet": "outlet|source|publisher|publication|newspaper|site|sitename",
        "url": "url|link|permalink|canonical|source[ _-]url|original[ _-]url",
        "language": "language|lang",
    },
    published=r"(?:first )?(?:published|posted)(?: on| at)?",
    updated=r"(?:last )?(?:updated|modified|edited)(?: on| at)?",
    published_beginnings="publi|posted|created",
    updated_beginnings="updat|modif|edited",
    o_clock=r"[ap]\.?\s?m\b\.?",
    before_date="at|on|date",
    of_event="on",
    by="by",
    no_author="the",
    places="in|at",
    in_names="and|of|in|the|for",
    roles="editor|correspondent|reporter|writer|columnist|staff|chief|desk",
    sections="news|world|politics|business|sports?|culture|science|opinion|local|national|video|live",
    outlets=(
        r"times|courier|herald|gazette|tribune|daily|weekly|journal|press|chronicle|observer|telegraph|guardian"
        r"|independent|mail|express|star|sun|mirror|standard|examiner|dispatch|bulletin|record|register|review|monitor"
        r"|today|ledger|argus|broadcasting|radio|television|tv|agency|magazine|online"
    ),
    compounded_outlets="post|wire|news",
    signed="By|Reporting by|Report by",
    reporters="[Rr]eporters?|[Cc]orrespondent|[Jj]ournalist|[Ee]ditor",
    pages=r"page|p\.?",
)
