import type { TongueWords } from './tongue.ts'

export const SPANISH: TongueWords = {
  numbers:
    'cero|un|uno|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|diecis[eé]is|diecisiete|dieciocho|diecinueve|veinte|veinti[a-zéó]+|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|ciento|doscientos|trescientos|cuatrocientos|quinientos|seiscientos|setecientos|ochocientos|novecientos|mil|mill[oó]n|millones|punto|coma|medio|cuartos?|octavos?',
  joint: 'y un|y',
  // "Y media" is a time of day.
  fraction:
    '^\\d{1,2}[.,]\\d{1,2}$|^\\d{1,2}\\.\\d{3}$|\\s(?:punto|coma)\\s|\\sy\\s+medio$|\\s(?:un|tres)\\s+(?:cuartos?|octavos?)$',
  percent: 'por ?ciento|puntos? (?:base|porcentual(?:es)?)',
  currency: 'd[oó]lares|d[oó]lar\\b|pesos\\b|centavos|usd\\b',
  perMonth: '(?:al|por|cada) (?:mes|año)|mensual(?:es|mente)?',
  rate: '\\b(?:tasas?|tipos? de inter[eé]s|inter[eé]s(?:es)?|tae)(?![\\p{L}])',
  cost: '\\b(?:pagos?|pagar[ií]an?|pagar[aá]n?|paga|cuotas?|mensualidad(?:es)?|comisi[oó]n(?:es)?|tarifas?|costos?|costes?|gastos|cargos?|enganche|entrada|pronto pago|puntos|precio|cuesta|pr[eé]stamo de|puntaje|puntuaci[oó]n)(?![\\p{L}])',
  links:
    'es|son|est[aá]n?|ser[ií]an?|ser[aá]n?|fue|era|andan?|ronda[n]?|ahora|mismo|hoy|actualmente|m[aá]s|o|menos|unos|unas|alrededor|aproximadamente|como|cerca|de|del|a|al|el|la|los|las|en|entre|por|para|le|les|lo|saldr[ií]an?|sale[n]?|queda|quedar[ií]a|tiene|fija|fijo|variable|anual|mensual|mensuales|m[ií]nimo|m[aá]ximo|promedio|empiezan?|desde|hasta|treinta|quince|30|15|años|hipoteca|pr[eé]stamo|su|nuestra|nuestro|mejor|actual|un|y|nuevo|nueva|tan|bajo|poco|se|eso|esto|pues|bueno|casi|total',
  enders: 'y|o|a|por|hoy|ahora|al|m[aá]s|si|pero|con|para|en|dependiendo|seg[uú]n|aproximadamente',
  measures:
    'horas?|minutos?|segundos?|d[ií]as?|semanas?|meses|años?|millas?|cuadras?|pies|metros|baños|estrellas|veces|de la (?:mañana|tarde|noche)|[ap]\\.? ?m\\b',
  sums: '\\bmil(?![\\p{L}])|(?:dos|tres|cuatro|seis|ocho)cientos|^\\p{Nd}{1,3}[.,]\\p{Nd}{3}$',
  namedBy: '\\b(?:en|desde|de|año|oficina|suite|n[uú]mero|piso|calle|extensi[oó]n)\\s*$',
  fractionsAreRates: true,
  hints:
    '\\b(?:en|por|de|a) los (?:dos|tres|cuatro|cinco|seis|siete|ocho)(?: y (?:pico|algo)| (?:bajos|altos|medios))|\\b(?:tres|cuatro|cinco|seis|siete|ocho) y (?:pico|algo|fracci[oó]n)|\\bmedio punto\\b(?! de)',
}
