"""What a line right below the headings says of its columns in templates: `Required`, `text`, `MM/DD/YYYY`."""

from komet_import.types.languages import DE, EN, ES, FR, IT, NL, PT, Said, said

FORMAT_WORDS: Said = {
    EN: said("""
        required, required field, optional, optional field, mandatory, not required, if applicable, text,
        free text, plain text, string, char, varchar, alphanumeric, alpha, number, numeric, integer, int,
        whole number, decimal, currency, money, amount, float, double, date, date field, boolean, yes no,
        general, lookup, list, dropdown, key, primary key, unique, must be unique, max, characters, chars
    """),
    ES: said("""
        obligatorio, obligatoria, requerido, requerida, opcional, campo obligatorio, campo opcional, texto,
        texto libre, alfanumérico, número, numérico, entero, decimal, moneda, importe, fecha, lista, único
    """),
    PT: said("obrigatório, obrigatória, opcional, texto, texto livre, numérico, inteiro, moeda, data, lista"),
    FR: said("""
        obligatoire, requis, facultatif, optionnel, texte, texte libre, alphanumérique, nombre, numérique,
        entier, décimal, devise, montant, liste
    """),
    DE: said("""
        pflicht, pflichtfeld, erforderlich, optional, freiwillig, text, freitext, alphanumerisch, zahl,
        numerisch, ganzzahl, dezimal, dezimalzahl, währung, betrag, datum, liste
    """),
    NL: said("""
        verplicht, vereist, optioneel, tekst, vrije tekst, alfanumeriek, getal, numeriek, geheel getal,
        decimaal, valuta, bedrag, datum, lijst
    """),
    IT: said("""
        obbligatorio, obbligatoria, facoltativo, opzionale, testo, testo libero, alfanumerico, numero,
        numerico, intero, decimale, valuta, importo, data, elenco
    """),
}
"""What a column has to hold, and whether."""
