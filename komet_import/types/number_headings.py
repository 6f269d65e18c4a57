"""Headings of numbers that are no money: what counts, weighs or names something, and how old it is."""

import re

from komet_import.types.headings import words
from komet_import.types.languages import said

COUNTS = frozenset(
    said("""
        number, code, codigo, cod, id, ref, reference, qty, quantity, count, phone, zip, days, day, year,
        month, week, line, row, page, item, items, unit, units, pcs, pieces, piece, box, boxes, stems, stem,
        bunch, bunches, case, cases, pallet, pallets, weight, kg, kilos, lb, lbs, volume, cbm, rate, price,
        hours, hrs, temp, percent, pct, percentage, score, age, terms, rank, priority, limit,
        discount, disc, freight, cost,
        cantidad, cant, caja, cajas, tallo, tallos, ramo, ramos, pieza, piezas, unidad, unidades, bulto,
        bultos, peso, volumen, dia, dias, ano, mes, semana, linea, fila, pagina, plazo, tasa, precio,
        porcentaje, limite, cupo, descuento, dto, flete, costo, coste,
        quantidade, qtd, qtde, caixa, caixas, haste, hastes, peca, pecas, unidade, linha, preco, percentual,
        desconto, frete, custo,
        quantite, qte, carton, cartons, tige, tiges, botte, bottes, unite, unites, poids, jour, jours, annee,
        ligne, taux, prix, pourcentage, plafond, remise, cout,
        menge, anzahl, stuck, karton, kartons, stiel, stiele, bund, einheit, einheiten, gewicht, tag, tage,
        jahr, monat, woche, zeile, seite, satz, preis, prozent, rabatt, fracht, kosten,
        aantal, doos, dozen, steel, stelen, bos, bossen, stuks, dag, dagen, jaar, maand, regel, prijs,
        procent, korting, vracht,
        quantita, riga, giorno, giorni, pezzi, pezzo, scatola, scatole, stelo, steli, mazzo, mazzi, unita,
        prezzo, sconto, settimana, mese, anno, pagina, percentuale, costo
    """)
)
"""Words of a heading (as `headings.words` gives them) whose numbers count, weigh, price or name something."""

MEASURES = frozenset(
    said("""
        weight, weights, kg, kgs, kilo, kilos, kilogram, kilograms, gram, grams, lb, lbs, pound, pounds, oz,
        ounce, ounces, ton, tons, tonne, tonnes, temp, temps, temperature, temperatures, celsius, fahrenheit,
        humidity, distance, distances, km, kms, kilometer, kilometers, kilometre, kilometres, mile, miles,
        mileage, cm, mm, meter, meters, metre, metres, inch, inches, feet, length, width, height, depth,
        diameter, volume, cbm, cuft, liter, liters, litre, litres, gallon, gallons, stems, boxes, bunches,
        peso, pesaje, kilogramos, gramos, libras, onzas, toneladas, temperatura, temperaturas, humedad,
        distancia, kilometros, kilometraje, metros, centimetros, pulgadas, largo, longitud, ancho, alto,
        altura, volumen, litros, galones, umidade, quilos, comprimento, largura,
        poids, kilogrammes, grammes, humidite, kilometrage, metres, longueur, largeur, hauteur, litres,
        gewicht, gewichte, kilogramm, gramm, temperatur, feuchte, luftfeuchtigkeit, entfernung, distanz,
        strecke, lange, breite, hohe, gewichten, temperatuur, vochtigheid, afstand, lengte, breedte, hoogte
    """)
)
"""Words of a heading whose numbers measure something, net and gross ones too (`Net weight`)."""

_SIGNS_OF_MEASURES = ("°", "℃", "℉", "m³", "m²")
_SIZES = frozenset(said("net, neto, netto, gross, bruto, brutto"))
_MONEY_WORDS = frozenset(
    said("""
        amount, amt, value, balance, importe, monto, valor, saldo, montante, montant, valeur, solde, betrag,
        wert, summe, bedrag, waarde, importo, lordo, net, neto, netto, gross, bruto, brutto
    """)
)

_FIGURES = r"\d{1,3}"
_AGE = re.compile(
    rf"""
    (?<![\d/.-]){_FIGURES}\s*(?:[-–—]|to|a|à|e|bis|tot|hasta|até|al)\s*{_FIGURES}(?![\w/.-])
    | (?:[<>≤≥]|\b(?:over|above|más\ de|mas\ de|mayor\ a|mais\ de|acima\ de|plus\ de|über|mehr\ als
        |meer\ dan|boven)\s)\s*{_FIGURES}\b
    | \b{_FIGURES}\s*\+
    | ^\W*(?:days|días|dias|tage|jours|dagen)?\s*\d{{2,3}}\s*(?:days?|d[ií]as?|jours?|tage?|dagen|d)?\W*$
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_count(text: str) -> bool:
    """Whether a heading says that its numbers count, measure or name something, so that they are no money."""
    said = words(text)
    measured = not MEASURES.isdisjoint(said) or any(sign in text for sign in _SIGNS_OF_MEASURES)
    if measured and (_MONEY_WORDS - _SIZES).isdisjoint(said):
        return True
    return not COUNTS.isdisjoint(said) and _MONEY_WORDS.isdisjoint(said)


def is_weight(text: str) -> bool:
    """Whether a heading is of weights though it names a currency: `Peso neto` (money is in `Pesos`)."""
    said = set(words(text))
    return "peso" in said and said <= {"peso", *_SIZES, *_OF_WEIGHTS, *MEASURES}


_OF_WEIGHTS = ("total", "unitario", "promedio", "caja", "cajas", "en", "de", "por")


def is_age(text: str) -> bool:
    """Whether a heading is of an ageing: how many days an amount has been open (`31-60`, `Over 90`)."""
    return len(text) <= 40 and _AGE.search(text) is not None
