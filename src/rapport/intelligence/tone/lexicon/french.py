"""French."""

from ..aspects import Aspect
from .language import Language

FRENCH = Language(
    "fr",
    before=frozenset({"ne", "n", "pas", "sans", "jamais", "aucun", "aucune", "ni", "non", "rien"}),
    after=frozenset({"pas", "jamais"}),
    phrases={
        Aspect.WAITING: """
            attend* toujours, attend* encore, toujours attend*, toujours en attente, encore en attente, en attente
            depuis, attend* depuis, avons attendu, ai attendu, fait attendre, font attendre, faites attendre, sans
            reponse, pas reponse, pas repondu, jamais repondu, aucune reponse, personne ne repond*, personne ne
            rappel*, personne ne nous, aucune nouvelle, sans nouvelle*, pas nouvelle*, pas rappele*, toujours pas,
            toujours aucun*, toujours rien, retard*, trop long, trop longtemps, trop tard, trop lent*, tarde, tardent,
            vous relance, avons relance, ai relance, pas recu*, jamais recu*, rien recu, pas livre*, jamais livre*, pas
            arrive*, jamais arrive*, pas venu*, jamais venu*, delai* depasse*
        """,
        Aspect.CROSS: """
            mecontent*, decu, decus, decue, decues, decev*, deception*, insatisf*, inacceptable*, inadmissible*,
            intolerable*, insupportable*, scandal*, honte, honteu*, furieu*, colere, enerve*, agace*, exasper*, avons
            assez, ai assez, ras le bol, marre, frustr*, horrible*, catastroph*, lamentable*, deplorable*, mediocre*,
            mauvais*, pire, inutilisable*, pas serieu*, peu serieu*, pas content*, pas satisf*, pas acceptable*, pas
            normal*, plus confiance, perdu confiance, incompeten*, laisse tomber, laisses tomber, plainte*, plaindre,
            plaign*, reclamation*, arnaque*, desagreable*, pas professionnel*
        """,
        Aspect.AGAIN: """
            encore une fois, une fois de plus, deuxieme fois, troisieme fois, quatrieme fois, nouveau en panne, encore
            en panne, meme probleme*, meme erreur*, meme panne*, meme defaut*, memes problemes, memes erreurs, toujours
            le meme, toujours la meme, a chaque fois, sans cesse, recurrent*, repetition, a plusieurs reprises,
            fonctionne toujours pas, marche toujours pas, pas resolu*, jamais resolu*, pas repare*, jamais repare*, non
            resolu*, pas regle*, jamais regle*, revient toujours
        """,
        Aspect.LEAVING: """
            resili*, rompre contrat, mettre fin, mettons fin, mettrons fin, denoncer contrat, denonc* contrat, annul*
            contrat*, annul* abonnement*, annul* commande*, pas renouvel*, pas reconduire, non renouvellement, plus
            renouvel*, chang* fournisseur*, chang* prestataire*, autre fournisseur*, autres fournisseurs, autre
            prestataire*, autres prestataires, voir ailleurs, aller ailleurs, chercher ailleurs, acheter ailleurs,
            commander ailleurs, concurrent*, concurrence, vous quitter, vous quittons, plus commander, plus commande
            chez, plus travailler avec
        """,
        Aspect.CLAIMING: """
            rembours*, dedommag*, indemnis*, geste commercial, avocat*, en justice, tribunal*, mise en demeure, mettons
            en demeure, mettre en demeure, penalite*, judiciaire*, votre responsable, votre directeur, votre direction,
            votre hierarchie, votre superieur, huissier*, rupture de contrat
        """,
        Aspect.PRAISE: """
            excellent*, parfait*, tres content*, tres satisf*, satisfait*, ravi, ravis, ravie, ravies, bravo, felicit*,
            super, formidable*, impeccable*, bon travail, bonne qualite, tres bon*, recommand*, fonctionne bien,
            fonctionne tres bien, marche bien, marche tres bien, genial*, reponse rapide, aide rapide, merci rapid*,
            merci aide, appreci*, efficace*, au top
        """,
    },
)
