"""The column that says in which ledger of the books a row stands, the customers' or another one (`AR`, `AP`):
its headings, and what stands in it, in each language."""

from komet_import.types.languages import DE, EN, ES, FR, IT, NL, PT, Said, said

LEDGER_HEADINGS: Said = {
    EN: said("""
        ledger, ledger type, ledger code, ledger name, subledger, subledger type, sub ledger, source ledger,
        module, source module, module code, subsystem, sub system, book, account type, acct type, party type,
        entity type, name type, contact type, partner type, bp type, business partner type, account group,
        originating module, system, journal, journal name, customer vendor, vendor customer,
        customer supplier, supplier customer
    """),
    ES: said("""
        libro, libro auxiliar, auxiliar, mayor, módulo, módulo origen, subsistema, diario, tipo cuenta,
        tipo tercero, tipo socio, tipo entidad, tipo contacto, cliente proveedor
    """),
    PT: said("""
        razão, diário, livro, módulo, tipo conta, tipo parceiro, tipo entidade, tipo terceiro,
        cliente fornecedor
    """),
    FR: said("""
        grand livre, journal, code journal, livre, module, type compte, type tiers, type partenaire,
        auxiliaire, client fournisseur
    """),
    DE: said("""
        nebenbuch, hauptbuch, journal, buch, modul, kontoart, kontotyp, partnerart, partnertyp,
        geschäftspartnerart, kunde lieferant
    """),
    NL: said("""
        grootboek, subgrootboek, dagboek, module, rekeningtype, relatietype, rekeningsoort,
        klant leverancier
    """),
    IT: said("libro, partitario, giornale, modulo, tipo conto, cliente fornitore"),
}

DEPARTMENT_HEADINGS: Said = {
    EN: said(
        "department, dept, team, requested by, entered by, prepared by, sent by, responsible, charge to"
    ),
    ES: said("departamento, depto, área, solicitado por, responsable"),
    PT: said("departamento, área, setor, responsável"),
    FR: said("service, département, demandé par, responsable"),
    DE: said("abteilung, team, verantwortlich, erfasst von"),
    NL: said("afdeling, team, verantwoordelijk"),
    IT: said("reparto, squadra, responsabile"),
}
"""Headings of those who work in one: what they are called says nothing of a row's ledger."""

RECEIVABLES = frozenset(
    said("""
        ar, a/r, accounts receivable, account receivable, receivable, receivables, trade receivables,
        trade debtors, debtors control, debtors ledger, sl, sales ledger, customer ledger, accrec,
        cxc, c x c, cuentas por cobrar, cuenta por cobrar, por cobrar, contas a receber, conta a receber,
        a receber, créances, créances clients, comptes clients, debitoren, debitorenbuch, forderungen,
        debiteuren, vorderingen
    """)
)
"""The customers' ledger."""

OTHER_LEDGERS = frozenset(
    said("""
        ap, a/p, accounts payable, account payable, payable, payables, trade payables, creditors control,
        trade creditors, purchase ledger, pl, bought ledger, accpay, gl, g/l, general ledger, nominal ledger,
        payroll, fixed assets, cash management, cxp, c x p, cuentas por pagar, cuenta por pagar, por pagar,
        contabilidad general, mayor general, nómina, contas a pagar, conta a pagar, a pagar,
        comptes fournisseurs, dettes fournisseurs, comptabilité générale, grand livre, kreditoren,
        kreditorenbuch, verbindlichkeiten, sachkonten, hauptbuch, crediteuren, schulden, grootboek
    """)
)
"""The other ledgers."""

WHO_OWES = frozenset(
    said("""
        customer, customers, client, clients, debtor, debtors, cliente, clientes, deudor, deudores, cobrar,
        debitor, kunde, kunden, debiteur, klant, klanten, sales, sales journal, customer invoices, ventas,
        facturas de cliente, facturas de clientes, diario de ventas, vendas, faturas de clientes, ventes,
        factures clients, journal des ventes, verkauf, verkäufe, ausgangsrechnungen, kundenrechnungen,
        verkoop, verkopen, verkoopboek
    """)
)
"""Who stands in the customers' ledger, which below other headings may be whoever is to blame."""

WHO_ELSE = frozenset(
    said("""
        vendor, vendors, supplier, suppliers, creditor, creditors, employee, employees, bank, cash, inventory,
        nominal, general, proveedor, proveedores, acreedor, acreedores, pagar, empleado, empleados, banco,
        contabilidad, inventario, fornecedor, fornecedores, contabilidade, funcionário, fournisseur,
        fournisseurs, banque, salarié, kreditor, lieferant, lieferanten, sachkonto, mitarbeiter, crediteur,
        leverancier, leveranciers, medewerker, purchase, purchases, purchase journal, vendor bills, compras,
        facturas de proveedor, facturas de proveedores, diario de compras, faturas de fornecedores, achats,
        factures fournisseurs, journal des achats, einkauf, eingangsrechnungen, lieferantenrechnungen,
        inkoop, inkopen, inkoopboek, miscellaneous operations, operaciones varias, opérations diverses
    """)
)
"""Who, and what, stands in the others."""
