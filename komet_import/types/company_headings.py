"""Headings of the column that says in which of several companies' books a row stands, in each language."""

from komet_import.types.languages import DE, EN, ES, FR, IT, NL, PT, Said, said

COMPANY_HEADINGS: Said = {
    EN: said("""
        company, company code, company no, company number, company id, company name, co code, cocd,
        comp code, co no, co cd, bukrs, bu krs, entity, entity code, entity id, entity name, legal entity,
        legal entity code, subsidiary, subsidiary code, subsidiary name, operating unit, group company,
        accounting entity, data area id, companies, company codes, entities, subsidiaries, legal entities
    """),
    ES: said("""
        empresa, código empresa, cod empresa, nombre empresa, sociedad, código sociedad, cod sociedad, soc,
        entidad, entidad legal, código entidad, compañía, código compañía, cod compañía, subsidiaria,
        empresa emisora, empresas, sociedades, entidades, compañías
    """),
    PT: said("""
        empresa, código empresa, cód empresa, entidade, código entidade, companhia, subsidiária, empresas
    """),
    FR: said("""
        société, code société, no société, nom société, entité, code entité, entité juridique, filiale,
        sociétés, entités
    """),
    DE: said("""
        mandant, mandanten, mandantennr, mandantennummer, mandanten nr, buchungskreis, buchungskreise, bukr,
        gesellschaft, gesellschaften, tochtergesellschaft, firma, firmen, firmennr, unternehmen
    """),
    NL: said("""
        bedrijf, bedrijfscode, bedrijfsnummer, administratie, administratiecode, entiteit, werkmaatschappij,
        dochteronderneming, vennootschap, bedrijven, administraties
    """),
    IT: said("""
        azienda, codice azienda, società, codice società, ditta, codice ditta, ente, filiale legale,
        aziende, società gruppo, ragione sociale azienda
    """),
}

ALL_OF_THEM = said("all, todas, todos, alle, toutes, tous, every, ambas, beide")
CONSOLIDATED = said(
    "consolidated, consolidado, consolidada, consolide, consolidee, konsolidiert, geconsolideerd"
)
"""What a line says, without accents, where it speaks of several companies at once."""

LEGAL_FORMS = frozenset(
    said("""
        inc, incorporated, corp, corporation, llc, llp, ltd, limited, plc, pty ltd, sa, sas, srl, sl, slu,
        sau, sa de cv, sapi de cv, s de rl, s de rl de cv, ltda, limitada, cia ltda, eirl, lda, eireli, sarl,
        sasu, eurl, gmbh, ag, ohg, gmbh co kg, gmbh und co kg, bv, nv, vof
    """)
)
"""How a company's full name ends, without points and signs."""
