import type { Callers } from './ways-to-ask.ts'

/** Callers in their own words, one a line. */
export const EASTERN_CALLERS: Readonly<Record<string, Callers>> = {
  vi: {
    ask: `
      Cho em xin gặp chị nào bên phòng vay với ạ.
      Tôi không thích nói với máy, cho gặp người thật đi.
      Nối máy giúp tôi tới bộ phận cho vay.
      Alo, có ai ở đó không, cho tôi gặp người đi.
      Chị ơi chuyển giùm em qua bộ phận vay mua nhà.
      Tôi muốn gặp trực tiếp nhân viên tư vấn qua điện thoại.
      Cho tôi nói chuyện với cấp trên của bạn.
      Xin cho tôi được nói chuyện với trưởng phòng.
      Xin chuyển cuộc gọi của tôi cho người quản lý.
      Làm ơn chuyển máy cho tôi gặp quản lý.`,
    doNot: `
      Người quản lý chung cư cần giấy bảo hiểm.
      Hôm trước có một nhân viên gọi cho tôi.
      Sếp em ký giấy xác nhận lương rồi.
      Em trai tôi làm nhân viên ngân hàng.
      Đồng nghiệp của tôi giới thiệu bên này.
      Có thể nói tiếng Việt không?
      Nhân viên nói lãi suất là sáu phần trăm.
      Người khác có thể trả giúp tôi được không?
      Tôi muốn thêm một người vào tài khoản.
      Tôi muốn đặt lịch hẹn với nhân viên tư vấn thứ Năm.
      Có người lấy thẻ của tôi.
      Anh nói chậm lại được không?
      Khoản vay cần mấy người đứng tên?
      Nhân viên bên đó gửi thư cho tôi.
      Tôi cần chuyển tiền cho người bán.
      Ai sẽ gọi cho tôi sau khi nộp hồ sơ?
      Có ai để lại tin nhắn cho tôi nên tôi gọi lại.
      Cho tôi hỏi khoản vay này cần mấy người ký?
      Anh giải thích giúp tôi nhân viên thẩm định làm gì?
      Người ta nói lãi suất đang giảm, phải không?
      Cho tôi hỏi người khác đứng tên được không?
      Tôi muốn hỏi ai là người duyệt hồ sơ.`,
  },
  zh: {
    ask: `
      你帮我叫一下你们经理好吗
      別跟我說這些，直接轉客服專員
      我不跟机器讲，叫个人来
      請問可以幫我轉接貸款部門嗎？
      能不能安排一位顾问现在跟我通话
      我不相信机器，让活人来
      你好，我想咨询贷款，能帮我接一下专员吗？
      转人工转人工
      我可以直接跟你们主管沟通吗
      我需要和一个真正的人说话。`,
    doNot: `
      我的经纪人说房子已经卖了
      贷款需要几个人签字？
      我们经理说可以开收入证明
      上个月有个客服打电话给我说利率降了。
      我同事介绍我来的。
      可以说中文吗？
      你们的客服几点下班？
      别人可以帮我付款吗？
      我想在账户上加一个人。
      我想预约星期四跟贷款顾问见面。
      有人偷了我的卡。
      你可以说慢一点吗？
      你们的员工寄给我一封信，我想问是什么意思。
      我要把钱转给别人。
      审核要多久，是人审还是电脑审？
      我需要找人担保吗？
      请问审核员什么时候看我的文件？
      我想问一下别人能不能帮我签字。
      能解释一下贷款专员做什么吗？
      有人给我留言所以我打来。
      我需要一个人做担保。
      我想问经理批了没有。`,
  },
  ko: {
    ask: `
      대출 담당하시는 분 좀 바꿔 주시겠어요?
      기계랑은 얘기 안 할래요. 상담원 연결이요.
      책임자 나오라고 하세요.
      혹시 사람하고 통화할 수 있을까요?
      아니 그냥 사람 불러 달라고요.
      대출 상담 직원이랑 바로 통화 가능한가요?
      상담원이랑 통화하게 해 주세요.
      윗사람 바꿔요.
      팀장님 계시면 통화하고 싶습니다.
      실제 상담원과 연결해 주실 수 있나요?`,
    doNot: `
      담당자분이 서류를 보내 주셨어요.
      직장 상사가 서류에 서명했어요.
      부동산 중개인이 서류를 달라고 해요.
      상담원분이 친절하셨어요.
      직장 동료가 여기를 소개해 줬어요.
      한국말로 이야기할 수 있어요?
      상담원 근무 시간이 어떻게 되나요?
      다른 사람이 대신 낼 수 있나요?
      계좌에 사람을 추가하고 싶어요.
      목요일에 상담사와 상담 예약을 하고 싶어요.
      누가 제 카드를 훔쳤어요.
      조금 천천히 말씀해 주세요.
      몇 명까지 대출에 들어갈 수 있어요?
      직원분이 편지를 보내셨는데 무슨 내용인지 알고 싶어요.
      다른 분께 송금하고 싶어요.
      누가 메시지를 남겨서 전화했어요.
      담당자가 무슨 일을 하는지 설명해 주세요.
      다른 사람이 서명해도 되는지 물어보고 싶어요.
      보증 설 사람이 필요한가요?
      제 담당자가 누구인지 알고 싶어요.`,
  },
  tl: {
    ask: `
      Pwede po bang pakikonek ako sa loan officer?
      Ayoko po ng robot, tao po sana.
      Puwede ko po bang makausap yung manager n'yo?
      Pakilipat naman po ako sa customer service.
      Wala po bang totoong tao diyan na pwedeng kausapin?
      Miss, pakipasa naman ako sa supervisor mo.
      Hello po, may makakausap po ba akong loan officer?
      Gusto ko pong makausap ang isang representative tungkol sa bahay.
      Pa-connect naman po sa totoong tao.
      Kailangan ko pong makipag-usap sa manager ngayon na.`,
    doNot: `
      Sabi ng manager ko kailangan ko ng payslip.
      Ilang tao po ba ang pwedeng pumirma?
      Yung ahente ng bahay po ang nag-refer sa akin sa inyo.
      Yung kapatid ko po ay manager sa bangko.
      Kasamahan ko sa trabaho ang nagrekomenda sa inyo.
      Pwede po bang mag-Tagalog tayo?
      Anong oras po bukas ang customer service?
      Pwede bang ibang tao ang magbayad para sa akin?
      Gusto kong magdagdag ng tao sa account.
      Gusto kong magpa-appointment sa loan officer sa Huwebes.
      May taong gumamit ng card ko.
      Pwede po bang bagalan ang pagsasalita?
      Nagpadala ng sulat ang ahente ninyo, ano po ang ibig sabihin?
      Ilang tao ang pwedeng nasa loan?
      Gusto kong maglipat ng pera sa ibang tao.
      May nag-iwan po ng mensahe kaya ako tumawag, empleyado n'yo yata.
      Pwede bang ipaliwanag kung ano ang ginagawa ng underwriter?
      Itatanong ko lang kung pwedeng pumirma ang ibang tao.
      Kailangan ko ba ng agent para bumili ng bahay?`,
  },
  hi: {
    ask: `
      भाई मुझे किसी असली आदमी से बात करा दो
      लोन ऑफिसर से कनेक्ट कर दीजिए प्लीज
      आपके सीनियर से बात करवाइए
      मशीन से नहीं, किसी इंसान से बात करनी है
      अरे भाई किसी इंसान को लाइन पर लाओ
      क्या वहाँ कोई है जिससे मैं बात कर सकूँ?
      मुझे आपके मैनेजर से बात करनी है अभी
      क्या मेरी बात किसी अधिकारी से हो सकती है?
      मुझे किसी सीनियर से कनेक्ट करो
      कृपया मेरी बात सुपरवाइज़र से करवाइए`,
    doNot: `
      मेरे मैनेजर ने सैलरी स्लिप भेज दी है
      कितने लोग लोन पर हो सकते हैं?
      मेरे बॉस ने लेटर दे दिया है
      बैंक के एजेंट ने फॉर्म भरवाया था
      मेरे सहकर्मी ने आपके बारे में बताया।
      क्या हम हिंदी में बात कर सकते हैं?
      कस्टमर केयर का समय क्या है?
      क्या कोई और मेरे लिए पेमेंट कर सकता है?
      मुझे खाते में एक व्यक्ति जोड़ना है।
      मुझे गुरुवार को एडवाइज़र से मिलने का समय चाहिए।
      किसी ने मेरा कार्ड चुरा लिया।
      क्या आप धीरे बोल सकते हैं?
      आपके अधिकारी ने मुझे चिट्ठी भेजी थी।
      मुझे किसी और को पैसे ट्रांसफर करने हैं।
      क्या कोई व्यक्ति मेरा आवेदन देखता है?
      किसी ने मुझे मैसेज छोड़ा था इसलिए फोन किया।
      क्या आप बता सकते हैं कि एजेंट क्या करता है?
      मुझे पूछना है कि क्या दूसरा व्यक्ति साइन कर सकता है।
      मुझे गारंटर के लिए एक आदमी चाहिए।
      क्या कोई और फीस भी है?
      क्या मैं किसी और बैंक से लोन ट्रांसफर कर सकता हूँ?`,
  },
  ar: {
    ask: `
      بدي احكي مع المسؤول عن القروض لو سمحت
      ممكن توصلني بأحد من قسم الرهن؟
      أريد أن أكلم إنسانا وليس آلة
      حولوني على المدير من فضلكم
      يا ريت توصلني بموظف بشري
      ما في حدا عندكم أحكي معه؟
      لو سمحت وصلني بقسم القروض
      أفضل الحديث مع شخص وليس مع روبوت
      ممكن أتواصل مع أحد الموظفين؟
      أحتاج أن أتحدث مع مدير الفرع فورا
      حوّلني إلى موظف خدمة العملاء من فضلك`,
    doNot: `
      مديري في العمل وقع على الورقة
      الموظف طلب مني كشف حساب
      وسيط العقار طلب رسالة منكم
      أخي يعمل موظفا في البنك
      زميلي في العمل نصحني بكم.
      هل يمكن أن نتكلم بالعربية؟
      متى يداوم موظفو خدمة العملاء؟
      هل يمكن لشخص آخر أن يدفع عني؟
      أريد إضافة شخص إلى الحساب.
      أريد موعدا مع مستشار يوم الخميس.
      شخص سرق بطاقتي.
      ممكن تتكلم أبطأ؟
      أرسل لي موظف رسالة ولم أفهمها.
      أريد تحويل المال إلى شخص آخر.
      هل يراجع الطلب شخص أم كمبيوتر؟
      في أي قسم تدفع الرسوم؟
      اتصلت لأن أحدهم ترك لي رسالة.
      ممكن تشرح لي ماذا يفعل المستشار؟
      أريد أن أسأل هل يجب أن يوقع شخص ثان.
      أحتاج شخصا يكفلني.
      هل يمكن أن يدفع أحد غيري؟
      كيف أصل إلى مكتبكم؟`,
  },
  ht: {
    ask: `
      Èske w ka fè m pale ak yon moun nan biwo a?
      M pa vle pale ak machin nan, ban m yon moun.
      Tanpri transfere m bay yon ajan.
      Mwen bezwen yon moun ki ka ede m ak prè a.
      Pa gen okenn moun la a m ka pale avè l?
      Ban m sipèvizè w la souple.
      Mwen ta renmen pale ak yon moun ki konn zafè prè.
      Konekte m ak depatman prè a tanpri.
      Èske m ta ka pale ak yon lòt moun?
      Mwen ta renmen pale ak sipèvizè a tanpri.`,
    doNot: `
      Konbyen moun ki ka sou prè a?
      Patwon m siyen papye a.
      Ajan imobilye a di m rele nou.
      Frè m se yon ajan.
      Kòlèg mwen nan travay te rekòmande nou.
      Èske nou ka pale kreyòl?
      A ki lè sèvis kliyan an fèmen?
      Èske yon lòt moun ka peye pou mwen?
      Mwen vle ajoute yon moun sou kont lan.
      Mwen ta renmen pran yon randevou ak yon konseye jedi.
      Yon moun vòlè kat mwen.
      Èske ou ka pale pi dousman?
      Ajan an voye yon lèt ban mwen.
      Mwen vle voye lajan bay yon moun.
      Konbyen moun ki ka sou papye a?
      Yon moun te kite yon mesaj pou mwen, se poutèt sa m rele.
      Èske ou ka esplike m sa ajan an fè?
      Mwen vle mande si yon lòt moun ka siyen.
      Mwen bezwen yon moun pou garanti prè a.
      Gen yon moun ki vòlè idantite m.`,
  },
}
