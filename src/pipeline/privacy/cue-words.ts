import type { PrivateKind } from './private-span.ts'

/** What a cue speaks of. `figure`: something that may be kept, as a price or a ZIP code. */
export type CueKind = PrivateKind | 'figure'

/**
 * Words that say what a number near them is, in the languages callers are greeted in; as `plainWord` gives them, and
 * cut into words where `tokensOf` cuts (a Chinese or Korean character is a word of its own).
 */
export const CUE_PHRASES: Readonly<Record<CueKind, readonly string[]>> = {
  SSN: [
    'social security|social|ssn|s s n|itin|tax id|taxpayer id|seguro social|numero social',
    'social seguridad|so an sinh xa hoi|社 会 安 全|社 安|사 회 보 장|securite sociale|seguridad social|segurança social',
    'социального страхования|социальный номер|الضمان الاجتماعي|सोशल सिक्योरिटी|sekirite sosyal|nimewo sosyal',
  ],
  CARD: [
    'card|credit card|debit card|card number|cc|visa|mastercard|master card|amex|american express|discover|cvv|cvc|cvv2',
    'security code|tarjeta|tarjeta de credito|the tin dung|so the tin dung|so the cua|信 用 卡|卡 号|卡 號|카 드|carte|cartao|карты|карта|بطاقة|कार्ड|kat kredi',
  ],
  ACCOUNT: [
    'account|account number|acct|acc no|acc number|account no|routing|routing number|aba|policy|policy number|iban|swift',
    'loan number|loan no|loan id|mortgage number|member number|member id|membership number|customer number|customer id',
    'checking|savings|cuenta|numero de cuenta|numero de prestamo|numero de ruta|poliza|so tai khoan|tai khoan',
    '账 号|账 户|帳 號|帳 戶|계 좌|compte|conta|счета|счет|счёт|حساب|खाता|kont|numero ng account',
  ],
  PIN: [
    'pin|pin number|pin code|pincode|digit code|secret code|secret number|passcode|pass code|access code|verification code|one time code|one time password|password',
    'nip|clave|contrasena|codigo de acceso|codigo de verificacion|telephone password|phone password|mat khau|ma pin',
    '密 码|密 碼|비 밀 번 호|code secret|mot de passe|senha|пин|пароль|الرقم السري|पिन|modpas',
  ],
  PHONE: [
    'phone|telephone|phone number|cell|cell phone|mobile|cellphone|callback|call back|call me|reach me|text me|contact number',
    'call|fax|dial|reached|best number|my number|reach you|call you|telefono|celular|llamame|llameme|movil|numero de contacto',
    'whatsapp|dien thoai|so dien thoai|电 话|電 話|手 机|手 機|전 화|휴 대 폰|telephone|telefone|celular',
    'телефон|телефона|номер телефона|هاتف|الهاتف|जوال|फोन|फ़ोन|मोबाइल|telefon|telepono|numero ng telepono',
  ],
  EMAIL: [
    'email|e mail|email address|mail|correo|correo electronico|arroba|电 邮|邮 箱|이 메 일|thu dien tu|courriel|почта|ईमेल|imel|imèl',
  ],
  DOB: [
    'date of birth|birth date|birthdate|birthday|bday|b day|birth|dob|d o b|born|fecha de nacimiento|nacimiento|naci|nacio|cumpleanos',
    'ngay sinh|sinh ngay|出 生|生 日|생 년 월 일|생 일|kapanganakan|ipinanganak|date de naissance|naissance|ne le|nee le',
    'data de nascimento|nascimento|nasci|дата рождения|рождения|родился|родилась|تاريخ الميلاد|الميلاد|जन्म|dat nesans|fet le',
  ],
  ID: [
    'license number|licence number|driver s license|drivers license|license|licence|passport|passport number|id number|id',
    'case number|reference number|confirmation number|tracking number|ticket number|claim number|licencia|pasaporte',
  ],
  figure: [
    'zip|zip code|postal code|codigo postal|address|how much|amount|price|value|income|score|credit score|rate|down payment',
    'what year|year built|when|what time|what day|percent|cuanto|monto|precio|valor|ingreso|puntaje|a que hora|direccion',
    'nmls|nmls id|nmls number|form|forms|section|suite|apartment|apt|highway|route|extension|ext|zipcode|budget|purchase price|worth|appointment',
  ],
}

/** Words that may stand between a cue and its number: "the account number, **well, it is**". */
export const LINKS: ReadonlySet<string> = new Set(
  (
    'is s are was it its the my your his her our that this would be should number numbers num no digits digit of to at on ' +
    'for from uh um er eh a an okay ok so yes yeah here right well which one i ll ve got have think believe please use and ' +
    'but like just with code full old new current first ends ending in es son el la los mi su de numero seria con al un una ' +
    'not named called says reads date address close me you can now there then id card account whole m as entire ' +
    'birth security starting starts begins back'
  ).split(' '),
)
