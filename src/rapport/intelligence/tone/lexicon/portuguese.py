"""Portuguese, of Portugal and Brazil."""

from ..aspects import Aspect
from .language import Language

PORTUGUESE = Language(
    "pt",
    before=frozenset({"nao", "nunca", "sem", "nem", "nenhum", "nenhuma", "jamais", "nada"}),
    after=frozenset(),
    phrases={
        Aspect.WAITING: """
            ainda espera*, ainda aguard*, ainda a espera, a espera desde, a espera ha, continu* a espera, continu*
            espera*, continu* aguard*, aguard* ha, aguard* desde, espera* ha, fartos de esperar, ficamos a espera, sem
            resposta, nao respond*, nunca respond*, ninguem respond*, ninguem lig*, ninguem atend*, ninguem apareceu,
            ninguem veio, nenhuma resposta, nao resposta, sem noticias, nenhuma noticia, ainda nao, ainda sem, atraso*,
            atrasad*, atrasou, atrasam, demor*, tarde demais, demasiado tarde, demasiado tempo, tempo demais, muito
            lent*, demasiado lent*, nao recebe*, nunca recebe*, nao chegou, nunca chegou, nao chegaram, nao entreg*,
            nunca entreg*, nao veio, nunca veio, nao apareceu
        """,
        Aspect.CROSS: """
            insatisf*, descontent*, desiludid*, desapontad*, dececion*, decepcion*, desilus*, inaceitave*,
            inadmissive*, intolerave*, insuportave*, vergonh*, furios*, zangad*, irritad*, irritante*, chatead*,
            frustr*, farto, fartos, farta, fartas, horrive*, pessim*, terrive*, muito mau, muito ma, mau servico, ma
            qualidade, inutilizave*, incompeten*, lamentave*, deplorave*, reclam*, queix*, perd* confianca, falta de
            respeito, falta de profissionalismo, pouco profissional, nao aceitave*, nao satisfeit*, nao content*, nao e
            normal, desastr*, escandal*, uma piada, enganad*, burla, nao recomend*, revoltad*, indignad*, uma vergonha,
            o pior, a pior, arrependid*
        """,
        Aspect.AGAIN: """
            mais uma vez, outra vez, segunda vez, terceira vez, quarta vez, mesmo problema, mesmos problemas, mesmo
            erro, mesmos erros, mesma avaria, mesma falha, sempre o mesmo, sempre a mesma, de cada vez, cada vez que,
            todas as vezes, novamente, volt* avari*, volt* falh*, continu* sem funcionar, continu* a falhar, nao
            resolv*, nunca resolv*, por resolver, nao reparad*, repetidamente, repetidas vezes, recorrente*
        """,
        Aspect.LEAVING: """
            rescind*, rescis*, cancel* contrato*, cancel* subscric*, cancel* assinatura*, cancel* conta, cancel*
            encomenda*, cancel* servico*, terminar contrato, denunci* contrato, nao renov*, sem renovar, mud*
            fornecedor*, troc* fornecedor*, outro fornecedor, outros fornecedores, outra empresa, concorrente*,
            concorrencia, por fim contrato, procurar noutro, comprar noutro, noutro lado, deixar de trabalhar convosco,
            deixar de comprar, deixar de encomendar, nao compramos mais, nao encomend* mais
        """,
        Aspect.CLAIMING: """
            reembols*, indemniz*, indeniz*, compensac*, dinheiro de volta, devolvam dinheiro, devoluc* dinheiro,
            advogad*, tribunal, tribunais, accao judicial, acao judicial, via judicial, vias judiciais, livro de
            reclamacoes, penalidad*, vosso responsavel, seu responsavel, seu superior, vosso superior, vossa direcao,
            sua direcao, vosso diretor, quebra de contrato
        """,
        Aspect.PRAISE: """
            excelente*, otimo, otima, otimos, otimas, perfeit*, muito satisfeit*, muito content*, satisfeit*, content*,
            parabens, bom trabalho, boa qualidade, muito bom, muito boa, muito bem, recomend*, funciona bem, funciona
            muito bem, impecave*, fantastic*, resposta rapida, ajuda rapida, agradave*, gost* muito, encantad*,
            eficient*, eficaz*
        """,
    },
)
