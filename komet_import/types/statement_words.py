"""How people call the statement that a supplier wrote, and the control totals that come with a sheet. Flat
lists for all languages, as in `marks`.
"""

from komet_import.types.languages import said

STATEMENTS = said("""
    statement of account, account statement, statement of accounts, statement, estado de cuenta, extracto,
    extrato de conta, extrato, kontoauszug, auszug, relevé de compte, relevé, estratto conto,
    rekeningoverzicht, rekeningafschrift
""")
GROWERS = said("""
    grower, growers, farm, farms, finca, fincas, productor, productores, cultivo, produtor, produtores,
    producteur, producteurs, produttore, produttori, kweker, kwekers, gärtnerei
""")
"""Suppliers as people who trade in flowers call them, beside a statement."""
SUPPLIERS_STATEMENTS = said("""
    lieferantenkontoauszug, lieferantenauszug, lieferantenkonto, leveranciersoverzicht, leveranciersafschrift
""")
LEADING = said("""
    of, from, by, our, your, the, de, del, de nuestro, de nuestra, do, da, do nosso, von, vom, des, unseres,
    unserem, du, de notre, di, del nostro, van, van onze
""")
"""What stands between a statement and whose it is."""
ANY = said("all, any, none, various, todos, todas, alle, tous, tutti, varios, diverse")
"""What a filter says that chooses nobody."""

CONTROL_TOTALS = said("""
    control totals, control total, totales de control, total de control, totais de controle, total de
    controle, totais de controlo, kontrollsummen, kontrollsumme, kontrollzahlen, totaux de contrôle, total de
    contrôle, totali di controllo, totale di controllo, controletotalen, controletotaal
""")
COUNTED = said("""
    rows, row, count, records, lines, filas, registros, renglones, linhas, zeilen, datensätze, positionen,
    anzahl, lignes, nombre, righe, voci, regels, rijen, aantal
""")
SUMMED = said("""
    amount, sum, money, balance, importe, monto, suma, valor, soma, betrag, summe, montant, somme, importo,
    somma, bedrag, som
""")
BESIDE = said("total, of, number, the, in, all, de, numero, número, do, der, di, van, totale, von")
"""What may stand beside the name of a control total."""
