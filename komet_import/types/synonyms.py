"""What stands over a column, by its meaning, in the languages and accounting systems that people export from.

One place for all types: `{party}` and `{paper}` are filled in with what a customer and the papers of a type
are called (`types.languages`). Articles and prepositions, accents, case and punctuation need not be written
out: `types.headings` compares without them, and `#`, `Nº`, `No.`, `Nr.` all say `number`.
"""

from collections.abc import Mapping
from enum import IntEnum

from komet_import.types.languages import DE, EN, ES, FR, IT, NL, PT, Said, said
from komet_import.types.schema import Meaning


class Sure(IntEnum):
    """How sure a heading is of what it says."""

    VAGUE = 1  # may say it: a question
    PLAIN = 2  # the bare word for it (Date, Saldo): sure where the values agree and nothing says it better
    CERTAIN = 3  # what the column is called


Phrases = Mapping[Sure, Said]


_PARTY: Phrases = {
    Sure.CERTAIN: {
        EN: said("{party} code, {party} number, {party} id, code {party}"),
        ES: said("""
            código {party}, cod {party}, cód {party}, número {party}, id {party}, {party} número,
            {party} código, {party} cod, {party} id, clave {party}
        """),
        PT: said("""
            código {party}, cód {party}, cod {party}, número {party}, id {party}, {party} código
        """),
        FR: said("""
            code {party}, numéro {party}, {party} numéro, {party} code, id {party}, identifiant {party}
        """),
        DE: said("""
            {party}nummer, {party}nr, {party} nr, {party} nummer, {party}code, {party} code, {party} id
        """),
        NL: said("""
            {party}nummer, {party}nr, {party} nr, {party} nummer, {party}code, {party} code, {party} id
        """),
        IT: said("""
            codice {party}, cod {party}, numero {party}, {party} numero, {party} codice, id {party}
        """),
    },
    Sure.PLAIN: {language: said("{party}") for language in (EN, ES, PT, FR, DE, NL)},
    Sure.VAGUE: {
        EN: said("""
            account, account number, account code, account id, acct, acct number, acct code, acct id,
            {party} account, {party} account number, {party} account code, {party} acct, {party} ref,
            {party} reference, {party} key, bill to, bill to number, bill to {party},
            bill to {party} number, bill to code, sell to {party}, sell to {party} number, sell to,
            sold to, sold to party, sold to number, sold to {party}, sold to code, ship to {party}, payer,
            buyer, buyer code, debtor, debtor number, debtor code, debtor account, debtor id, partner,
            partner code, partner id, business partner, bp code, card code, cardcode, party, party code,
            party id, code, entity, entity id, contact id, account reference, account ref, a/c, a/c ref,
            a/c number
        """),
        ES: said("""
            cuenta, número cuenta, cuenta {party}, código cuenta, cod cuenta, código, cod, clave, tercero,
            código tercero, id tercero, deudor, código deudor, nit, auxiliar, identificación, comprador,
            id
        """),
        PT: said("""
            conta, conta {party}, número conta, código, cód, devedor, sacado, parceiro, código parceiro
        """),
        FR: said("""
            compte, numéro compte, compte {party}, compte tiers, compte auxiliaire, tiers, code tiers,
            débiteur, code, référence {party}, code débiteur, numéro débiteur
        """),
        DE: said("""
            debitor, debitoren, debitornummer, debitorennummer, debitorennr, debitoren nr, debitornr,
            debitor nr, debitorenkonto, debitorkonto, konto, kontonummer, kontonr, konto nr, kundenkonto,
            geschäftspartner, partner, regulierer, auftraggeber, personenkonto
        """),
        NL: said("""
            debiteur, debiteurnummer, debiteurennummer, debiteurnr, debiteur nr, debiteurcode, relatie,
            relatienummer, relatiecode, relatie nr, rekening, rekeningnummer, code
        """),
        IT: said("""
            conto, conto {party}, codice conto, numero conto, codice, cod, debitore, codice debitore,
            controparte, codice controparte, anagrafica, codice anagrafica, soggetto, intestatario,
            sottoconto, partner
        """),
    },
}

_NAME: Phrases = {
    Sure.CERTAIN: {
        EN: said("""
            {party} name, {party} full name, name of {party}, bill to name, sell to {party} name,
            sold to name, account name, business name, company name, display name, partner name,
            debtor name, legal name
        """),
        ES: said("""
            nombre {party}, razón social, nombre fiscal, nombre comercial, nombre tercero, nombre empresa
        """),
        PT: said("nome {party}, razão social, nome fantasia"),
        FR: said("nom {party}, raison sociale, nom tiers, intitulé, intitulé {party}, dénomination"),
        DE: said("""
            {party}name, {party} name, firmenname, kundenbezeichnung, debitorname, debitorenname
        """),
        NL: said("""
            {party}naam, {party} naam, naam {party}, bedrijfsnaam, relatienaam, debiteurnaam
        """),
        IT: said("""
            nome {party}, ragione sociale, denominazione, denominazione {party}, intestazione, descrizione
            {party}
        """),
    },
    Sure.PLAIN: {
        EN: said("name, company, full name"),
        ES: said("nombre, empresa"),
        PT: said("nome, empresa"),
        FR: said("nom, société, entreprise"),
        DE: said("name, firma"),
        NL: said("naam, bedrijf"),
        IT: said("nome, azienda, ditta"),
    },
    Sure.VAGUE: {EN: said("contact name, contact")},
}

_OTHER_PARTIES: Said = {
    EN: said("""
        parent, parent company, parent {party}, parent code, parent id, parent number, parent account,
        {party} parent, master account, master {party}, head office, bill to account, billed to, invoice to,
        credit to, transfer to, move to, paid by, correct {party}, new {party}, end {party}
    """),
    ES: said("""
        {party} padre, {party} principal, cuenta padre, cuenta principal, matriz, {party} factura, {party}
        facturación, facturar a, facturado a, pagador, acreditar a, transferir a, trasladar a
    """),
    PT: said("""
        {party} pai, {party} principal, matriz, {party} faturamento, faturar para, pagador, transferir para
    """),
    FR: said("""
        {party} facturé, {party} payeur, payeur, {party} principal, {party} parent, maison mère, facturer à,
        transférer à
    """),
    DE: said("""
        rechnungsempfänger, zahler, hauptkunde, konzern, konzernkunde, muttergesellschaft, zentrale,
        abweichender {party}, übertragen an, umbuchen auf
    """),
    NL: said("""
        factuurklant, factuurdebiteur, factureren aan, betaler, hoofdklant, moederklant, moedermaatschappij,
        overboeken naar
    """),
    IT: said("""
        {party} fatturazione, fatturare a, pagante, {party} principale, {party} padre, capogruppo, casa madre,
        trasferire a
    """),
}
"""Columns of a further party of a paper: whose it is, is asked where that is not the same one."""

HEADINGS: Mapping[Meaning, Phrases] = {
    Meaning.PARTY: {
        **_PARTY,
        Sure.VAGUE: {
            language: (*phrases, *_OTHER_PARTIES[language])
            for language, phrases in _PARTY[Sure.VAGUE].items()
        },
    },
    Meaning.RECORD: {
        **_PARTY,
        Sure.VAGUE: {
            **_PARTY[Sure.VAGUE],
            EN: (*_PARTY[Sure.VAGUE][EN], "number", "id", "reference", "internal reference"),
            ES: (*_PARTY[Sure.VAGUE][ES], "referencia", "referencia interna"),
            DE: (*_PARTY[Sure.VAGUE][DE], "nummer"),
        },
    },
    Meaning.NAME: _NAME,
    Meaning.NUMBER: {
        Sure.CERTAIN: {
            EN: said("{paper} number, number {paper}"),
            ES: said("número {paper}, {paper} número, folio {paper}"),
            PT: said("número {paper}, {paper} número"),
            FR: said("numéro {paper}, {paper} numéro"),
            DE: said("{paper}nummer, {paper}nr, {paper} nr, {paper} nummer"),
            NL: said("{paper}nummer, {paper}nr, {paper} nr, {paper} nummer"),
            IT: said("numero {paper}, {paper} numero"),
        },
        Sure.VAGUE: {
            EN: said("""
                {note}, {paper} id, {paper} ref, {paper} reference, {paper} code, number, num, document,
                document number, document id, document ref, document reference, doc, doc number, doc id,
                doc ref, docnum, ref, ref number, reference, reference number, reference id, your ref,
                transaction, transaction number, transaction id, transaction ref, trans number, trans id,
                tran number, tran id, txn number, txn id, txn ref, voucher, voucher number, rma,
                rma number, claim, claim number, external document number, journal number, journal entry,
                refnumber, id, sop number, entry number
            """),
            ES: said("""
                {note}, documento, número documento, número doc, doc, comprobante, número comprobante,
                referencia, ref, folio, número, transacción, número transacción, consecutivo, reclamo,
                número reclamo, nota, id {paper}, código {paper}, asiento
            """),
            PT: said("""
                {note}, documento, número documento, referência, número, lançamento, nota, título
            """),
            FR: said("""
                {note}, pièce, numéro pièce, document, numéro document, référence, réf, numéro, écriture,
                numéro écriture, référence {paper}, réf {paper}
            """),
            DE: said("""
                {note}, beleg, belegnummer, belegnr, beleg nr, dokument, dokumentnummer, dokumentnr,
                dokumentennummer, referenz, referenznummer, referenznr, nummer, buchungsnummer,
                vorgangsnummer, belegreferenz, vorgang
            """),
            NL: said("""
                {note}, document, documentnummer, documentnr, stuk, stuknummer, stuknr, boekstuk,
                boekstuknummer, boekstuknr, referentie, nummer, kenmerk, factuurnummer credit
            """),
            IT: said("""
                {note}, documento, numero documento, numero doc, doc, riferimento, rif, numero riferimento,
                numero, protocollo, numero protocollo, registrazione, numero registrazione, pratica, reclamo
            """),
        },
    },
    Meaning.DAY: {
        Sure.CERTAIN: {
            EN: said("{paper} date, date {paper}"),
            ES: said("fecha {paper}"),
            PT: said("data {paper}"),
            FR: said("date {paper}"),
            DE: said("{paper}datum, {paper} datum, datum {paper}"),
            NL: said("{paper}datum, {paper} datum, datum {paper}"),
            IT: said("data {paper}, {paper} data"),
        },
        Sure.PLAIN: {
            EN: said("date"),
            ES: said("fecha"),
            PT: said("data"),
            FR: said("date"),
            DE: said("datum"),
            NL: said("datum"),
            IT: said("data"),
        },
        Sure.VAGUE: {
            EN: said("""
                posting date, post date, document date, doc date, transaction date, trans date, tran date,
                txn date, issue date, issued, issued on, issued at, date issued, created, created on,
                created at, created date, create date, creation date, date created, entry date,
                voucher date, effective date, accounting date, journal date, booking date, gl date,
                date posted, posted on, day
            """),
            ES: said("""
                fecha emisión, fecha documento, fecha doc, fecha contable, fecha registro,
                fecha comprobante, fecha transacción, fecha movimiento, fecha expedición, fecha creación,
                fec doc, f emisión, emisión, fec, fecha elaboración, fecha contabilización, día
            """),
            PT: said("""
                data emissão, data documento, data lançamento, data transação, emissão, data criação,
                data registro, dt emissão, dt lançamento, dt documento
            """),
            FR: said("""
                date document, date pièce, date comptable, date émission, date écriture, date opération,
                date création, date comptabilisation, émis
            """),
            DE: said("""
                belegdatum, buchungsdatum, ausstellungsdatum, erstelldatum, erstellt, erstellt am,
                dokumentdatum, erstellungsdatum, beleg datum, tag
            """),
            NL: said("""
                boekingsdatum, boekdatum, documentdatum, transactiedatum, aanmaakdatum, uitgiftedatum,
                datum document, stukdatum
            """),
            IT: said("""
                data documento, data doc, data emissione, data registrazione, data reg, data contabile, data
                operazione, data creazione, data movimento, emissione, giorno
            """),
        },
    },
    Meaning.MONEY: {
        Sure.CERTAIN: {
            EN: said("""
                {paper} balance, {paper} amount, open {paper}, open {paper} amount, open {paper} balance,
                balance {paper}, amount {paper}
            """),
            ES: said("""
                saldo {paper}, importe {paper}, monto {paper}, valor {paper}
            """),
            PT: said("saldo {paper}, valor {paper}, montante {paper}"),
            FR: said("montant {paper}, solde {paper}"),
            DE: said("""
                {paper}betrag, {paper} betrag, betrag {paper}, {paper}saldo, saldo {paper}
            """),
            NL: said("""
                {paper}bedrag, {paper} bedrag, bedrag {paper}, saldo {paper}, {paper}saldo
            """),
            IT: said("importo {paper}, saldo {paper}, valore {paper}, {paper} importo"),
        },
        Sure.PLAIN: {
            EN: said("amount, balance"),
            ES: said("saldo, importe, monto, valor"),
            PT: said("saldo, valor, montante"),
            FR: said("montant, solde"),
            DE: said("betrag, saldo"),
            NL: said("bedrag, saldo"),
            IT: said("importo, saldo"),
        },
        Sure.VAGUE: {
            EN: said("""
                {note}, {paper} total, total {paper}, {paper} value, remaining {paper}, available {paper},
                unapplied {paper}, unused {paper}, {paper} remaining, {paper} available, total,
                total amount, amount total, remaining, remaining amount, remaining balance,
                amount remaining, balance remaining, remaining amt, remaining amount lcy,
                remaining amt lcy, amount lcy, unapplied, unapplied amount, unapplied balance, available,
                available balance, available amount, outstanding, outstanding amount, outstanding balance,
                o/s, o/s amount, o/s balance,
                amount outstanding, amount due, balance due, due, open, open amt, amount open, open bal,
                value, net, net amount, gross, gross amount, original amount, orig amount,
                original balance, residual, residual amount, amount residual, amount due signed,
                amount local currency, amount lc, local currency amount, local amount, document amount,
                doc amount, document total, transaction amount, txn amount, total value, amount left,
                balance amount, foreign amount, amount foreign currency, home amount, amount dc,
                credited, amount credited, credited amount, balance open, net total, amount unused,
                open value, subtotal, amount in local currency
            """),
            ES: said("""
                {note}, total {paper}, total, saldo favor, saldo pendiente, saldo abierto, saldo actual,
                saldo disponible, saldo restante, saldo final, importe total, monto total, valor total,
                importe pendiente, monto pendiente, valor pendiente, pendiente, disponible, restante,
                neto, importe neto, monto neto, valor neto, importe original, monto original,
                valor original, saldo por aplicar, por aplicar, importe abierto, monto abierto
            """),
            PT: said("""
                {note}, total, valor total, saldo credor, saldo pendente, saldo aberto, valor aberto,
                valor pendente, valor líquido, restante, saldo disponível, valor original, total {paper},
                saldo restante
            """),
            FR: said("""
                {note}, total, montant total, montant ttc, montant ht, ttc, ht, solde dû, montant dû,
                reste payer, reste dû, reste régler, restant dû, montant restant, montant net, valeur,
                solde restant, solde ouvert, total ttc, montant initial, total {paper}, disponible, restant,
                montant ouvert
            """),
            DE: said("""
                {note}, summe, gesamt, gesamtbetrag, offener betrag, offen, offener saldo, restbetrag,
                restsaldo, rest, wert, nettobetrag, bruttobetrag, betrag hauswährung, betrag hw,
                betrag mw, offener posten, belegbetrag, betrag brutto, betrag netto, brutto, netto,
                ursprungsbetrag, betrag belegwährung, betrag offen, saldo offen, {paper} summe, verfügbar
            """),
            NL: said("""
                {note}, totaal, totaalbedrag, openstaand, openstaand bedrag, openstaand saldo,
                open bedrag, restbedrag, restsaldo, tegoed, waarde, nettobedrag, brutobedrag, restant,
                oorspronkelijk bedrag, totaal {paper}, beschikbaar
            """),
            IT: said("""
                {note}, totale, importo totale, totale {paper}, totale documento, residuo, importo residuo,
                saldo residuo, importo aperto, saldo aperto, da incassare, aperto, disponibile, importo
                disponibile, credito residuo, valore, netto, lordo, importo netto, importo lordo, importo
                originale
            """),
        },
    },
    Meaning.LOCATION: {
        Sure.CERTAIN: {
            EN: said("""
                location code, loc code, branch code, location number, branch number
            """),
            ES: said("""
                código sede, código sucursal, código ubicación, código localidad, cód sede, cód sucursal,
                cod sede, cod sucursal, código tienda
            """),
            PT: said("código filial, código local, código localização, cód filial"),
            FR: said("code site, code agence, code succursale, code emplacement"),
            DE: said("""
                standortcode, standort code, filialcode, filialnummer, filialnr, standortnummer,
                niederlassungscode
            """),
            NL: said("""
                locatiecode, locatie code, vestigingscode, filiaalcode, filiaalnummer, vestigingsnummer
            """),
            IT: said("""
                codice sede, codice filiale, codice località, cod filiale, codice punto vendita
            """),
        },
        Sure.PLAIN: {
            EN: said("location, loc, branch"),
            ES: said("sede, sucursal, ubicación, localidad"),
            PT: said("filial, local, localização"),
            FR: said("site, agence, succursale, emplacement"),
            DE: said("standort, niederlassung, filiale"),
            NL: said("locatie, vestiging, filiaal"),
            IT: said("sede, filiale, località, ubicazione"),
        },
        Sure.VAGUE: {
            EN: said("""
                location name, location id, branch name, branch id, warehouse, warehouse code, whse,
                store, store number, store code, department, department code, dept, city, site, site code,
                office, depot, division, plant, shop, facility, subsidiary, responsibility center,
                cost center, profit center
            """),
            ES: said("""
                bodega, ciudad, tienda, oficina, departamento, almacén, centro, planta, nombre sede,
                centro costo, centro costos, agencia, plaza
            """),
            PT: said("""
                cidade, loja, depósito, departamento, armazém, centro custo, unidade, estabelecimento
            """),
            FR: said("""
                ville, entrepôt, magasin, dépôt, bureau, établissement, lieu, centre
            """),
            DE: said("""
                lager, lagerort, werk, abteilung, stadt, geschäftsstelle, betrieb, ort, kostenstelle,
                filial
            """),
            NL: said("""
                magazijn, winkel, afdeling, stad, plaats, kantoor, depot, kostenplaats
            """),
            IT: said("""
                magazzino, città, negozio, ufficio, reparto, deposito, punto vendita, stabilimento, centro
                costo, agenzia
            """),
        },
    },
    Meaning.LOCATIONS: {
        Sure.CERTAIN: {
            EN: said("location codes, locations, location code, location"),
            ES: said("códigos sede, códigos sedes, códigos ubicación"),
        },
        Sure.VAGUE: {
            EN: said("""
                branch, branches, branch code, warehouse, warehouse code, store, stores
            """),
            ES: said("""
                sede, sedes, sucursal, sucursales, ubicación, ubicaciones, bodega, tienda
            """),
            PT: said("filial, filiais, local, loja"),
            FR: said("site, sites, agence, succursale"),
            DE: said("standort, standorte, niederlassung, filiale"),
            NL: said("locatie, locaties, vestiging, filiaal"),
            IT: said("sede, sedi, filiale, filiali"),
        },
    },
    Meaning.NOTE: {
        Sure.CERTAIN: {
            EN: said("comments, comment, remarks, remark, notes"),
            ES: said("comentarios, comentario, observaciones, observación, notas"),
            PT: said("comentários, comentário, observações, observação"),
            FR: said("""
                commentaires, commentaire, remarques, remarque, observations, observation
            """),
            DE: said("""
                kommentar, kommentare, bemerkung, bemerkungen, anmerkung, anmerkungen, notiz, notizen
            """),
            NL: said("opmerking, opmerkingen, commentaar, notitie, notities"),
            IT: said("commenti, commento, osservazioni, osservazione, annotazioni, annotazione"),
        },
        Sure.VAGUE: {
            EN: said("""
                description, memo description, reason code, details, detail, desc, narration, explanation,
                text, line description, message, private note, customer memo, credit reason,
                reason for credit, header text, item text, long text, internal note, claim reason,
                annotation, narrative
            """),
            ES: said("""
                obs, nota, motivo, concepto, descripción, detalle, detalles, glosa, razón, causa, texto,
                motivo {paper}, concepto {paper}
            """),
            PT: said("""
                obs, nota, descrição, histórico, motivo, detalhe, detalhes, texto
            """),
            FR: said("""
                libellé, description, motif, détail, détails, texte, objet, note
            """),
            DE: said("""
                text, buchungstext, beschreibung, bezeichnung, grund, verwendungszweck, belegtext,
                positionstext, betreff, hinweis, kopftext
            """),
            NL: said("""
                omschrijving, reden, toelichting, tekst, beschrijving, betreft, nota
            """),
            IT: said("""
                note, nota, descrizione, causale, motivo, dettaglio, dettagli, testo, oggetto
            """),
        },
    },
    Meaning.REFERENCE: {
        Sure.CERTAIN: {
            EN: said("""
                {party} po, {party} po number, po, po number, p o number, purchase order,
                purchase order number, {party} purchase order, {party} order number
            """),
            ES: said("""
                orden compra, número orden compra, orden compra {party}, pedido {party},
                número pedido {party}
            """),
            PT: said("""
                ordem compra, pedido compra, pedido {party}, número pedido {party}
            """),
            FR: said("""
                bon commande, numéro bon commande, commande {party}, numéro commande {party}
            """),
            DE: said("""
                bestellnummer, bestellnr, bestell nr, {party}bestellung, {party}bestellnummer,
                {party}auftrag
            """),
            NL: said("""
                inkooporder, inkoopordernummer, bestelnummer, bestelnr, {party}referentie
            """),
            IT: said("""
                ordine {party}, numero ordine {party}, ordine acquisto, numero ordine acquisto
            """),
        },
        Sure.VAGUE: {
            EN: said("""
                reference, reference number, ref, ref number, your reference, your ref, {party} reference,
                {party} ref, external document number, order number, order, sales order, so number,
                {party} order
            """),
            ES: said("""
                referencia, pedido, número pedido, referencia {party}, oc, orden, número orden
            """),
            PT: said("referência, pedido, número pedido, referência {party}"),
            FR: said("""
                référence, commande, numéro commande, votre référence, référence {party}
            """),
            DE: said("""
                referenz, ihr zeichen, auftrag, auftragsnummer, auftragsnr, bestellung, {party}referenz
            """),
            NL: said("referentie, uw referentie, order, ordernummer, bestelling"),
            IT: said("ordine, numero ordine, riferimento, riferimento {party}, vostro riferimento"),
        },
    },
    Meaning.ACCOUNTING_CODE: {
        Sure.CERTAIN: {
            EN: said("accounting code, gl code"),
            ES: said("código contable, cuenta contable"),
            PT: said("código contábil, conta contábil"),
            FR: said("code comptable, compte comptable"),
            DE: said("buchhaltungscode, buchungscode"),
            NL: said("boekhoudcode"),
            IT: said("codice contabile, conto contabile"),
        },
        Sure.VAGUE: {
            EN: said("""
                gl account, gl account number, ar account, account, account number, external code
            """),
            ES: said("cuenta, auxiliar"),
            FR: said("compte"),
            DE: said("sachkonto"),
            NL: said("grootboekrekening"),
            IT: said("conto, sottoconto"),
        },
    },
    Meaning.CATEGORY: {
        Sure.CERTAIN: {
            EN: said("{party} type"),
            ES: said("tipo {party}"),
            PT: said("tipo {party}"),
            FR: said("type {party}"),
            DE: said("{party}typ, {party}art, {party} typ"),
            NL: said("{party}type, soort {party}"),
            IT: said("tipo {party}, tipologia {party}"),
        },
        Sure.VAGUE: {
            EN: said("""
                {party} category, {party} group, {party} class, category, class, segment, group
            """),
            ES: said("""
                tipo, categoría, grupo, clase, categoría {party}, grupo {party}
            """),
            PT: said("tipo, categoria, grupo"),
            FR: said("type, catégorie, groupe"),
            DE: said("typ, kategorie, gruppe, {party}gruppe"),
            NL: said("soort, categorie, groep, {party}groep"),
            IT: said("tipo, tipologia, categoria, gruppo, classe"),
        },
    },
    Meaning.SALESPERSON: {
        Sure.CERTAIN: {
            EN: said("""
                salesperson, sales person, sales rep, salesman, sales representative
            """),
            ES: said("vendedor, representante ventas"),
            PT: said("vendedor"),
            FR: said("vendeur, commercial, représentant"),
            DE: said("verkäufer, vertreter, vertriebsmitarbeiter"),
            NL: said("verkoper, vertegenwoordiger"),
            IT: said("venditore, agente, rappresentante"),
        },
        Sure.VAGUE: {
            EN: said("""
                salesperson code, account manager, agent, seller, owner, sales team
            """),
            ES: said("asesor, agente, comercial, ejecutivo"),
            PT: said("representante, agente"),
            FR: said("agent"),
            DE: said("betreuer, außendienst"),
            NL: said("accountmanager"),
            IT: said("commerciale"),
        },
    },
    Meaning.ACTIVE: {
        Sure.CERTAIN: {
            EN: said("active, is active"),
            ES: said("activo"),
            PT: said("ativo"),
            FR: said("actif"),
            DE: said("aktiv"),
            NL: said("actief"),
            IT: said("attivo"),
        },
        Sure.VAGUE: {
            EN: said("enabled, {party} status, active status"),
            ES: said("estado, estatus, habilitado"),
            PT: said("situação, estado"),
            FR: said("statut, état"),
            DE: said("status"),
            NL: said("status"),
            IT: said("stato"),
        },
    },
}
"""What is said of each meaning. Where a heading may say two, its values decide, or the person."""

OPPOSITES: Mapping[Meaning, Said] = {
    Meaning.ACTIVE: {
        EN: said("""
            inactive, is inactive, {party} inactive, inactive {party}, blocked, is blocked, {party} blocked,
            disabled, is disabled, deactivated, deleted, is deleted, archived, is archived, closed, on hold,
            not active, obsolete, suspended, locked
        """),
        ES: said(
            "inactivo, {party} inactivo, bloqueado, desactivado, eliminado, archivado, suspendido, baja"
        ),
        PT: said("inativo, {party} inativo, bloqueado, desativado, excluído, arquivado, suspenso"),
        FR: said("inactif, {party} inactif, bloqué, désactivé, supprimé, archivé, suspendu"),
        DE: said("inaktiv, gesperrt, {party} gesperrt, deaktiviert, gelöscht, archiviert, sperre"),
        NL: said("inactief, geblokkeerd, {party} geblokkeerd, gedeactiveerd, verwijderd, gearchiveerd"),
        IT: said("""
            inattivo, {party} inattivo, bloccato, {party} bloccato, disattivato, eliminato, archiviato,
            sospeso
        """),
    },
}
"""Headings below which yes says the opposite of what the column says."""

ELSEWHERE: Said = {
    EN: said("""
        due date, date due, due on, days, days overdue, days past due, overdue, aging, age, current,
        payment terms, terms, net terms, phone, phone number, telephone, mobile, fax, email, e mail,
        email address, main email, main phone, address, address 1, address 2, street, state, zip,
        zip code, postal code, country, region, website, tax id, tax number, vat number, vat id, ein,
        credit limit, {party} balance, balance type, quantity, qty, price, unit price, rate, cost, item,
        item number, sku, product, line, line number, row, row number, seq, sequence, user, user id,
        created by, modified by, modified, last modified, updated, updated at, ship date, ship via,
        delivery date, invoice number applied, applied to, apply to, applies to, applies to invoice,
        batch, batch number, period, fiscal year, year, month, week, running balance, opening balance,
        beginning balance, control, discount, freight, weight, boxes, stems, truck, row labels,
        column labels, values, awb, approved by, internal id, last payment, last sale
    """),
    ES: said("""
        fecha vencimiento, vencimiento, fecha pago, días, días vencidos, plazo, términos, teléfono,
        celular, correo, correo electrónico, dirección, estado provincia, provincia, código postal, país,
        rfc, ruc, límite crédito, cupo crédito, cupo, cantidad, precio, precio unitario, producto,
        artículo, línea, usuario, creado por, saldo inicial, saldo anterior, descuento, flete, cajas,
        tallos, etiquetas fila, periodo, mes, año, aplicado a, guía, saldo acumulado, límite
    """),
    PT: said("""
        data vencimento, vencimento, data pagamento, dias, telefone, celular, endereço, cnpj, cpf,
        limite crédito, quantidade, preço, saldo inicial, saldo anterior, desconto, frete, rótulos linha,
        usuário
    """),
    FR: said("""
        date échéance, échéance, date paiement, jours, téléphone, adresse, siret, limite crédit, plafond,
        quantité, prix, solde initial, solde progressif, solde cumulé, remise, étiquettes lignes,
        utilisateur
    """),
    DE: said("""
        fälligkeit, fälligkeitsdatum, fällig, fällig am, nettofälligkeit, zahlungsdatum, tage,
        verzugstage, telefon, adresse, straße, plz, land, ust id, kreditlimit, menge, preis, anfangssaldo,
        rabatt, zeilenbeschriftungen, benutzer, position, laufender saldo, valuta, valutadatum
    """),
    NL: said("""
        vervaldatum, vervaldag, betaaldatum, dagen, telefoon, adres, postcode, land, btw nummer,
        kredietlimiet, aantal, prijs, beginsaldo, korting, rijlabels, gebruiker, lopend saldo
    """),
    IT: said("""
        data scadenza, scadenza, data pagamento, giorni, giorni scaduti, telefono, cellulare, indirizzo,
        cap, provincia, paese, partita iva, p iva, codice fiscale, fido, limite credito, quantità, prezzo,
        saldo iniziale, saldo precedente, saldo progressivo, progressivo, sconto, utente, articolo, riga,
        etichette riga, periodo, mese, anno
    """),
}
"""Headings that certainly say something which no type keeps: never proposed for anything."""

SUMMARIES: Said = {
    EN: said("sum of, count of, average of, total of, max of, min of"),
    ES: said("suma de, promedio de, recuento de"),
    PT: said("soma de, contagem de, média de"),
    FR: said("somme de, moyenne de"),
    DE: said("summe von, anzahl von, mittelwert von"),
    NL: said("som van, aantal van, gemiddelde van"),
    IT: said("somma di, conteggio di, media di"),
}
"""How the columns of a pivot table begin: they add up what stands in another sheet."""

AMOUNT_WORDS = frozenset(
    said("""
        amount, amt, amnt, balance, bal, saldo, importe, monto, valor, montant, solde, betrag, bedrag,
        importo, ammontare
    """)
)
AMOUNT_QUALIFIERS = frozenset(
    said("""
        current, curr, original, orig, initial, open, remaining, rem, outstanding, unapplied, unused,
        available, avail, net, gross, total, due, final, left, doc, document, trans, transaction, txn, trx,
        local, home, base, signed, still, actual, requested, approved, authorized, authorised, granted,
        claimed, adjusted, corrected, revised, credited, solicitado, aprobado, autorizado, concedido,
        ajustado, corregido, adeudado, con, signo, aprovado, corrigido, devido, com, sinal, demande,
        approuve, accorde, corrige, avec, signe, beantragt, beantragter, genehmigt, genehmigter, bewilligt,
        korrigiert, korrigierter, falliger, mit, vorzeichen, aangevraagd, goedgekeurd, gecorrigeerd,
        verschuldigd, met, teken, inicial, pendiente, abierto, disponible, restante, neto, bruto, documento,
        aplicar, por, moneda, atual, pendente, aberto, disponivel, liquido, actuel, restant, du, ouvert,
        brut, origine, aktueller, aktuell, offener, offen, ursprunglicher, restlicher, verfugbarer, netto,
        brutto, huidig, openstaand, oorspronkelijk, resterend, totaal, beschikbaar,
        originale, residuo, residua, aperta, lordo, totale, disponibile, incassare,
        iniziale, attuale, richiesto, approvato, concesso, rettificato
    """)
)
"""A heading of these words alone, one of them an amount, may be any amount (as `headings.words` gives them):
`Original amt`, `Current balance`."""

OPEN = frozenset(
    said("""
        balance, bal, open, remaining, remainder, unapplied, outstanding, available, due, unused, left,
        residual, saldo, pendiente, pendente, abierto, aberto, disponible, disponivel, aplicar, restante,
        favor, solde, restant, reste, ouvert, offen, offener, rest, restbetrag, restsaldo, openstaand,
        openstaande, verfugbar, guthaben, tegoed, beschikbaar, residuo, disponibile, incassare
    """)
)
"""Words by which an amount says that it is what is left, not what once was (as `headings.words` gives
them)."""
