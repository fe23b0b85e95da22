"""Words that single values are made of: hosts and names as they are found all over the world."""

# ruff: noqa: SIM905, E501

GIVEN = """
    Ana José Zoë Søren Łukasz Ngozi Björk Siân Noël Aïcha Dmitri Óscar Mei Yūki Priya Mohammed Jean-Pierre Mary-Ann Bo
    Li Xi Ion Ng Ștefan Željko Gülşen Ágnes Håkon Íñigo Maëlle D'Arcy Anaïs Thu Eun-ji Kwame Aoife Saoirse
""".split()
SURNAMES = """
    O'Brien MacDonald McCarthy Müller Nuñez D'Angelo Ångström Lefèvre Nowak Öztürk Al-Sayed Ng Li Wu Ó Yıldız Kovács Dvořák
    Strauß Smith-Jones Gonçalves Ibáñez Björnsdóttir Nguyễn Singh Okafor Null Test-Weber Bah Abdi Sørensen Ruiz
""".split()
LOCAL_PARTS = """
    a j.d first.last+crm o'brien x_y-z 1234567 büro joão.silva user+tag+more n.o-reply-not sales-emea m.müller jdoe.ext c3po
""".split()
HOSTS = """
    gmail.com googlemail.com outlook.com outlook.pt hotmail.com hotmail.fr hotmail.co.uk live.com live.com.pt yahoo.com
    yahoo.fr yahoo.co.uk yahoo.co.jp ymail.com icloud.com me.com mac.com aol.com aim.com gmx.de gmx.net gmx.at web.de
    t-online.de freenet.de orange.fr free.fr sfr.fr wanadoo.fr laposte.net sapo.pt iol.pt clix.pt mail.pt libero.it
    tin.it virgilio.it alice.it seznam.cz centrum.cz wp.pl onet.pl o2.pl interia.pl rambler.ru yandex.ru mail.ru bk.ru
    qq.com 163.com 126.com sina.com naver.com hanmail.net daum.net uol.com.br bol.com.br terra.com.br ig.com.br
    btinternet.com comcast.net verizon.net att.net sbcglobal.net cox.net bluewin.ch telenet.be skynet.be ziggo.nl
    xs4all.nl kpnmail.nl telia.com online.no inbox.lv abv.bg ukr.net freemail.hu citromail.hu azet.sk proton.me pm.me
    protonmail.com hey.com fastmail.com tuta.com zoho.com mailbox.org posteo.de mail.com email.it email.com bigpond.com
    rediffmail.com xtra.co.nz shaw.ca rogers.com videotron.ca eircom.net otenet.gr walla.co.il siemens.com airbus.com
    bmw.de edp.pt galp.com sonae.pt cea.fr inria.fr ox.ac.uk mit.edu nato.int who.int europa.eu gov.pt gouv.fr
    münchen.de bücher.de café.paris northmere.co.uk acme.io startup.ai shop.app studio.design atelier.boutique
    kiosk.museum firma.gmbh bodega.wine cabinet.legal praxis.berlin loja.rio team.xyz lab.science grp.solutions
    banco.ao cvtelecom.cv tlm.tl gov.st fone.gl foroya.fo kiribati.ki tonga.to tuvalu.tv 3m.com 1und1.de 4you.ch
    ge.com hp.com x.com gmai.ly gmal.fr live.it hotmai.ls mail.ee emai.li outlook.ie gmx.ch aol.de hmail.com email.cz
    gmail.events yahho.group post.cz post.sk mail.dk ofir.dk jubii.dk home.nl hetnet.nl planet.nl chello.at aon.at
""".split()
SITES = """
    example.com www.northmere.co.uk/contact münchen.de sub.domain.example.org:8080/path?q=1&b=2#top 3m.com t.co/x
    bücher.ch/ä studio.design/work museum.wales kiosk.museum firma.gmbh loja.rio www.gov.pt europa.eu/index_en
    who.int/teams ac.me www.x.com foo.bar.baz.example.net/~user/ café.paris/menu a.b.co.jp/?a=b news.bbc.co.uk/1/hi
    shop.app/p/1 www.1und1.de banco.ao xn--mnchen-3ya.de 4you.ch/de/ example.travel/en-GB/index.html cv.tel.cv
""".split()
LISTS = (
    (
        "Manufacturing",
        "Healthcare",
        "Construction",
        "Logistics",
        "Retail",
        "Technology",
        "Energy",
        "Financial services",
    ),
    ("Prospecting", "Qualified", "Proposal", "Negotiation", "Won", "Lost"),
    ("Decider", "Influencer", "User", "Gatekeeper", "Buyer", "Champion", "Blocker"),
    ("Small", "Medium", "Large", "Enterprise"),
    ("GTX Basic", "GTX Pro", "GTX Plus Basic", "GTX Plus Pro", "MG Special", "MG Advanced", "GTK 500"),
    ("marketing", "medical", "software", "entertainment", "telecommunications", "finance", "employment", "services"),
    ("Bronze", "Silver", "Gold", "Platinum"),
    ("Web form", "Referral", "Trade fair", "Cold call", "Partner", "Newsletter", "Webinar"),
    ("Lisboa", "Porto", "Braga", "Coimbra", "Setúbal", "Évora", "Faro", "Viana do Castelo", "Vila Real"),
    ("North", "South", "East", "West", "Centre", "North-East", "North-West"),
    ("Monthly", "Quarterly", "Half-yearly", "Yearly"),
    ("Line 1", "Line 2", "Line 3", "Line 10", "Line 11"),
)
COMPANIES = [
    *("Siemens AG", "Müller & Söhne GmbH", "L'Oréal", "Électricité de Provence SAS", "Sonae SGPS", "Galp", "3M", "7-Eleven"),
    *("Procter & Gamble", "H&M", "AT&T Inc.", "O'Reilly Media", "Yahoo!", "Toys \"R\" Us", "A.P. Møller - Mærsk A/S"),
    *("Škoda Auto a.s.", "PKN Orlen", "Česká spořitelna", "Hyundai", "Kia", "BP p.l.c.", "EDP - Energias de Portugal, S.A."),
    *("X", "E.ON SE", "AB InBev", "de Bijenkorf B.V.", "easyJet plc", "van der Meer NV", "eBay", "adidas AG", "ING Groep N.V."),
    *("Grupo Pão de Açúcar", "Café Noir Lda", "株式会社日立製作所", "Газпром", "Northmere Tools Ltd", "Northmere Foods Ltd"),
]  # fmt: skip
