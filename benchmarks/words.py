"""Words that the generator puts together; none of them names anybody."""

# ruff: noqa: SIM905

FIRST = """
    Ana Bruno Carla Diogo Elise Franck Greta Hugo Ines Jonas Karin Louis Marta Nuno Olivia Paulo Quentin Rita
    Simon Teresa Ugo Vera Wim Xavier Yara Zoe Amelie Benoit Chloe Daniel Emma Felix Gael Helena Ivo Julia Kevin
    Laura Miguel Nina
""".split()
LAST = """
    Almeida Bernard Costa Dupont Esteves Faure Garcia Hansen Ibarra Jansen Keller Lopes Martin Nunes Olsen Petit
    Queiroz Rocha Santos Tavares Urban Vidal Weber Xavier Young Zimmer Abreu Blanc Cardoso Denis Evora Fontaine
    Gomes Huber Isnard Jardim Koch Leroy Moreira Neves Oliveira Pinto Ribeiro Silva Teixeira Valente Wagner
""".split()
COINED = """
    Alto Bel Corvo Dana Elmo Ferra Gran Helio Ibex Juno Kora Luma Mira Nova Orbi Pana Quanta Riva Sola Tera
""".split()
ENDINGS = "dyne lux mar nex pact quest ria soft tek vance via zen".split()
TRADES = """
    Foods Logistics Machines Metals Paper Plastics Systems Textiles Tools Works Energy Health
""".split()
INDUSTRIES = ("Manufacturing", "Food", "Logistics", "Energy", "Healthcare", "Retail", "Construction", "Technology")
TOWNS = (
    *(("Lisboa", "PT"), ("Porto", "PT"), ("Braga", "PT"), ("Paris", "FR"), ("Lyon", "FR"), ("Nantes", "FR")),
    *(("Berlin", "DE"), ("Hamburg", "DE"), ("Madrid", "ES"), ("Milano", "IT"), ("London", "GB"), ("Boston", "US")),
)
JOBS = (
    "Buyer",
    "Head of purchasing",
    "Plant manager",
    "Maintenance lead",
    "Managing director",
    "Engineer",
    "Controller",
)
OFFERS = (
    "Sensor roll-out",
    "Line monitoring",
    "Service contract",
    "Retrofit",
    "Spare parts",
    "Pilot plant",
    "Extension",
)
SUBJECTS = (
    "Offer",
    "Question on delivery",
    "Follow-up",
    "Site visit",
    "Price",
    "Next steps",
    "Test results",
    "Agreement",
)
PROSE = """
    the of to and we you our plant line sensor price delivery week month test pilot budget approval contract
    service quality maintenance thank please send meeting call next agreed question answer cost data report
""".split()
