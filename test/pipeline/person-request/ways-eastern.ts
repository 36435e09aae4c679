import type { Ways } from './ways-to-ask.ts'

export const EASTERN_WAYS: Readonly<Record<string, Ways>> = {
  pl: {
    asks: [
      {
        ways: `chcę rozmawiać z # / chciałbym porozmawiać z # / chciałabym rozmawiać z # / czy mogę rozmawiać z # / czy mógłbym porozmawiać z # /
          proszę mnie połączyć z # / proszę połączyć mnie z # / czy może mnie pani połączyć z # / czy mógłby mnie pan przełączyć do # /
          niech mnie pan połączy z # / wolę rozmawiać z # / muszę porozmawiać z # / żądam rozmowy z # / poproszę z #`,
        people: `człowiekiem / żywym człowiekiem / konsultantem / doradcą / kierownikiem / przełożonym / pracownikiem / kimś kompetentnym /
          osobą / specjalistą / pani przełożonym / kolegą / prawdziwą osobą`,
      },
      {
        ways: 'czy mogę prosić # do telefonu / proszę zawołać # / niech mi pani da # / potrzebuję # / chcę # / poproszę #',
        people: 'kierownika / człowieka / konsultanta / szefa / kogoś innego',
      },
      {
        ways: 'wolałabym wytłumaczyć to # / wolałbym to wyjaśnić #',
        people: 'komuś żywemu / człowiekowi / konsultantowi / doradcy',
      },
      { ways: '# / #, proszę / nie, #', people: 'konsultant / człowiek / żywy człowiek / operator' },
    ],
    refusals: `nie chcę rozmawiać z robotem / nie rozmawiam z maszynami / dość tego robota / koniec z robotem / nienawidzę botów /
      mam dość tego automatu / żadnych robotów / nie będę gadać z maszyną`,
    others: [
      {
        ways: `wczoraj rozmawiałem z # / już rozmawiałam z # / czy muszę rozmawiać z # / czy rozmawiam z # / mój mąż chce rozmawiać z #`,
        people: 'konsultantem / człowiekiem / kierownikiem / doradcą',
      },
      {
        ways: '#',
        people: `mój szef podpisał zaświadczenie / czy muszę przyjść osobiście / czy pan jest robotem / doradca powiedział, że wszystko gotowe /
          ile osób może podpisać / muszę najpierw porozmawiać z żoną / kierownik budowy wystawił fakturę / pracuję jako kierownik`,
      },
    ],
  },
  ru: {
    asks: [
      {
        ways: `я хочу поговорить с # / хотел бы поговорить с # / можно поговорить с # / могу я поговорить с # / мне нужно поговорить с # /
          соедините меня с # / можете соединить меня с # / переключите меня на разговор с # / свяжите меня с # / дайте поговорить с # /
          я лучше поговорю с # / я бы предпочла говорить с # / позвольте поговорить с # / не могли бы вы соединить меня с #`,
        people: `человеком / живым человеком / оператором / менеджером / сотрудником / специалистом / вашим начальником / консультантом /
          кем-нибудь / руководителем / коллегой / представителем`,
      },
      {
        ways: `позовите # / дайте мне # / переключите меня на # / переведите меня на # / мне нужен # / можно мне # / пригласите #`,
        people: 'человека / оператора / менеджера / начальника / кого-нибудь другого / специалиста',
      },
      {
        ways: 'я бы лучше объяснила это # / я предпочёл бы объяснить всё #',
        people: 'человеку / живому человеку / оператору / специалисту',
      },
      { ways: '# / #, пожалуйста / нет, #', people: 'оператор / живой человек / менеджер / оператора' },
    ],
    refusals: `я не хочу говорить с роботом / я не разговариваю с машинами / хватит роботов / надоел этот робот / ненавижу роботов /
      никаких роботов / не буду говорить с автоответчиком / устал от этого бота`,
    others: [
      {
        ways: `вчера я разговаривал с # / я уже говорила с # / нужно ли мне говорить с # / я говорю с # / мой муж хочет поговорить с #`,
        people: 'оператором / человеком / менеджером / сотрудником',
      },
      {
        ways: '#',
        people: `мой начальник подписал справку / нужно ли приходить лично / вы робот / вы человек / менеджер сказал, что всё готово /
          сколько человек подписывает / мне надо сначала поговорить с женой / менеджер застройщика прислал договор / я работаю менеджером`,
      },
    ],
  },
  vi: {
    asks: [
      {
        ways: `tôi muốn nói chuyện với # / cho tôi gặp # / cho tôi nói chuyện với # / tôi cần gặp # / tôi có thể nói chuyện với # được không /
          làm ơn cho tôi gặp # / chuyển máy cho tôi gặp # / nối máy cho tôi với # / làm ơn chuyển máy cho # / cho em xin gặp # /
          tôi muốn trình bày với # / tôi muốn giải thích với # / có # nào để tôi nói chuyện không / vui lòng kết nối tôi với #`,
        people: `người thật / một người / nhân viên / quản lý / tổng đài viên / giám sát / chuyên viên tư vấn / người phụ trách / đồng nghiệp của bạn /
          ai đó / nhân viên phòng vay / trưởng phòng`,
      },
      { ways: '# / #, làm ơn / không, tôi cần #', people: 'nhân viên / người thật / tổng đài viên' },
    ],
    refusals: `tôi không muốn nói chuyện với máy / tôi không nói chuyện với robot / tôi ghét robot / chán nói chuyện với máy lắm rồi /
      đừng bắt tôi nói với máy nữa / tôi không thích nói với máy / thôi không nói với robot nữa`,
    others: [
      {
        ways: `hôm qua tôi đã nói chuyện với # / tôi đã gặp # / # bảo tôi gọi lại / tôi có cần gặp # không / vợ tôi muốn gặp #`,
        people: 'nhân viên / quản lý / chuyên viên tư vấn',
      },
      {
        ways: '#',
        people: `quản lý của tôi đã ký giấy / tôi có phải đến trực tiếp không / bạn có phải là người máy không / mấy người phải ký /
          tôi phải nói chuyện với vợ tôi trước / người quản lý chung cư cần giấy bảo hiểm / tôi làm nhân viên ngân hàng / có người gọi cho tôi`,
      },
    ],
  },
  zh: {
    asks: [
      {
        ways: `我要跟#说话 / 我想和#谈 / 我想跟#讲 / 可以让我跟#说话吗 / 请帮我转接# / 帮我转# / 麻烦转到# / 我要找# / 给我找# / 请接# / 叫#来 / 换#跟我讲 /
          我需要跟#沟通 / 有没有#可以跟我谈 / 我宁愿跟#解释 / 我想向#说明一下 / 請幫我轉接# / 我要跟#說話 / 能不能让#来接电话 / 把电话给#`,
        people:
          '真人 / 人工客服 / 客服专员 / 经理 / 主管 / 你们的工作人员 / 贷款专员 / 负责人 / 你的同事 / 你的上级 / 貸款顧問',
      },
      { ways: '# / #，谢谢 / 不，我要#', people: '人工 / 真人 / 人工服务 / 客服 / 转人工' },
    ],
    refusals:
      '我不想跟机器人说话 / 我不要跟机器讲 / 别再让机器人跟我说话 / 我讨厌机器人 / 我受够了机器人 / 不要机器人 / 我不跟機器說話',
    others: [
      {
        ways: '我昨天跟#谈过了 / 上次#告诉我可以 / 你是#吗 / 我需要跟#谈吗 / 我老公要跟#说话',
        people: '真人 / 客服 / 经理',
      },
      {
        ways: '#',
        people:
          '我的经理签了证明 / 我要亲自去吗 / 你是机器人吗 / 需要几个人签字 / 我要先跟我太太说 / 我的房产中介打电话来 / 我是经理 / 可以加一个人吗',
      },
    ],
  },
  ko: {
    asks: [
      {
        ways: `# 바꿔 주세요 / # 좀 바꿔 주시겠어요 / # 연결해 주세요 / # 연결 부탁드립니다 / # 연결이요 / #하고 통화하고 싶어요 / #이랑 얘기하고 싶어요 /
          #과 통화할 수 있을까요 / #한테 직접 설명하고 싶어요 / # 불러 주세요 / # 나오라고 하세요 / #하고 이야기하게 해 주세요 / # 있나요, 통화하고 싶은데요 /
          #과 상담하고 싶습니다`,
        people:
          '사람 / 상담원 / 담당자 / 직원 / 매니저 / 책임자 / 대출 담당하시는 분 / 팀장님 / 다른 분 / 실제 사람 / 동료 분',
      },
      { ways: '# / #이요 / 아니요, #', people: '상담원 / 사람 / 직원' },
    ],
    refusals: `로봇하고 얘기하기 싫어요 / 기계랑은 얘기 안 할래요 / 로봇 싫어요 / 기계 말고 사람이요 / 로봇은 그만하세요 / 이제 기계는 지겨워요 / 봇이랑 말하고 싶지 않아요`,
    others: [
      {
        ways: '어제 #과 통화했어요 / #이 그렇게 말했어요 / 혹시 #인가요 / #과 통화해야 하나요',
        people: '상담원 / 담당자 / 매니저',
      },
      {
        ways: '#',
        people: `제 상사가 서류에 서명했어요 / 직접 방문해야 하나요 / 로봇이에요 / 사람이세요 / 몇 사람이 서명해야 돼요 / 먼저 아내와 얘기해야 해요 /
          담당자분이 서류를 보내 주셨어요 / 저는 매니저로 일해요 / 기계로 돈을 냈어요`,
      },
    ],
  },
  tl: {
    asks: [
      {
        ways: `gusto kong makausap ang # / gusto ko pong makipag-usap sa # / pwede ko bang makausap ang # / puwede po bang makausap ang # /
          kailangan kong makausap ang # / pakausap po sa # / ikonekta mo ako sa # / pakikonek ako sa # / i-transfer mo ako sa # /
          pakilipat po ako sa # / ilipat mo ako sa # / mas gusto kong ipaliwanag sa # / bigyan mo ako ng # / pakitawag ang # / ipasa mo ako sa # /
          may # ba na pwede kong makausap / gusto kong kausapin ang #`,
        people: `isang tao / totoong tao / ahente / representative / manager ninyo / supervisor / operator / loan officer / kasamahan mo / empleyado /
          customer service / boss mo`,
      },
      { ways: '# / # po / hindi, #', people: 'tao / ahente / operator / totoong tao / live agent / tao po sana' },
    ],
    refusals: `ayaw kong makipag-usap sa robot / ayoko ng robot / hindi ako nakikipag-usap sa makina / sawa na ako sa robot / tama na ang robot /
      huwag na robot / ayoko makipag-usap sa computer`,
    others: [
      {
        ways: 'nakausap ko ang # kahapon / sabi ng # tumawag ako / kailangan ko bang makausap ang # / gusto ng asawa ko na makausap ang #',
        people: 'ahente / manager / representative',
      },
      {
        ways: '#',
        people: `sabi ng manager ko kailangan ko ng payslip / robot ka ba / tao ka ba / ilang tao ang pipirma / kakausapin ko muna ang asawa ko /
          nagtatrabaho ako bilang manager / pwede bang magdagdag ng tao sa account / kailangan ba akong pumunta nang personal`,
      },
    ],
  },
  hi: {
    asks: [
      {
        ways: `मुझे # से बात करनी है / मैं # से बात करना चाहता हूँ / क्या मैं # से बात कर सकती हूँ / # से बात करवाइए / # से बात करा दो / # से कनेक्ट कर दीजिए /
          मुझे # से जोड़ दीजिए / कॉल # को ट्रांसफर करें / # को फोन दीजिए / # को लाइन पर बुलाइए / मैं # को समझाना चाहता हूँ / मुझे # को बताना है /
          मुझे # चाहिए / मेरी बात # से करवा दें`,
        people:
          'किसी इंसान / असली आदमी / एजेंट / मैनेजर / सुपरवाइज़र / अधिकारी / लोन ऑफिसर / आपके सीनियर / किसी कर्मचारी / प्रतिनिधि / विशेषज्ञ',
      },
      { ways: '# / #, प्लीज़ / नहीं, #', people: 'एजेंट / असली इंसान / ऑपरेटर / कस्टमर केयर' },
    ],
    refusals: `मुझे मशीन से बात नहीं करनी / मैं रोबोट से बात नहीं करता / मुझे रोबोट नहीं चाहिए / बस करो ये रोबोट / मशीन से तंग आ गया हूँ /
      बॉट बंद करो / रोबोट से नफरत है`,
    others: [
      {
        ways: 'कल # से बात हुई थी / # ने कहा कि फोन करो / क्या मुझे # से बात करनी होगी / मेरे पति # से बात करना चाहते हैं',
        people: 'एजेंट / मैनेजर / अधिकारी',
      },
      {
        ways: '#',
        people: `मेरे मैनेजर ने सैलरी स्लिप भेजी / क्या मुझे खुद आना होगा / क्या आप रोबोट हैं / क्या आप इंसान हैं / कितने लोग साइन करेंगे /
          पहले मुझे अपनी पत्नी से बात करनी है / मैं मैनेजर हूँ / मशीन से पैसे निकाले`,
      },
    ],
  },
  ar: {
    asks: [
      {
        ways: `أريد التحدث مع # / أريد أن أتحدث إلى # / أريد أن أكلم # / ممكن أتكلم مع # / هل يمكنني التحدث مع # / بدي احكي مع # / عايز أكلم # /
          أبغى أكلم # / حولني إلى # / حوّلني على # / ممكن تحولني إلى # / وصلني بـ # / ممكن توصلني مع # / أعطني # / أفضل أن أشرح الأمر إلى # /
          دعني أتحدث مع # / أحتاج إلى التحدث مع # / هل يوجد # أتكلم معه / كيف أصل إلى # / خليني أحكي مع #`,
        people:
          'شخص / شخص حقيقي / إنسان / موظف / موظفة / المدير / مديرك / المشرف / المسؤول عن القروض / موظف خدمة العملاء / أحد زملائك / مستشار / مختص',
      },
      { ways: '# / #، من فضلك / لا، أريد #', people: 'موظف / شخص حقيقي / إنسان / خدمة العملاء' },
    ],
    refusals: `لا أريد التحدث مع آلة / ما بدي احكي مع روبوت / لا أتكلم مع الروبوتات / كفى روبوت / مليت من هذا الروبوت / أكره الروبوتات / مش عايز روبوت`,
    others: [
      {
        ways: 'تحدثت أمس مع # / قال لي # أن أتصل / هل يجب أن أتحدث مع # / زوجي يريد التحدث مع # / هل أتحدث مع #',
        people: 'موظف / المدير / شخص',
      },
      {
        ways: '#',
        people: `مديري في العمل وقع على الورقة / هل يجب أن أحضر شخصيا / هل أنت روبوت / هل أنت إنسان / كم شخص يوقع / يجب أن أتحدث مع زوجتي أولا /
          الموظف طلب مني كشف حساب / أنا أعمل كمدير / هل يمكن إضافة شخص إلى الحساب`,
      },
    ],
  },
  ht: {
    asks: [
      {
        ways: `mwen vle pale ak # / m vle pale ak # / mwen ta renmen pale ak # / èske m ka pale ak # / mwen bezwen pale ak # / kite m pale ak # /
          konekte m ak # / transfere m bay # / pase m # / ban m # / fè m pale ak # / mete m an kontak ak # / mwen pito pale ak # / rele # pou mwen /
          mwen pito esplike # sa / èske gen # mwen ka pale avè l / kijan m ka jwenn # / mwen bezwen # / ban m pale ak #`,
        people:
          'yon moun / yon moun tout bon / yon ajan / yon reprezantan / manadjè a / sipèvizè w la / yon konseye / yon anplwaye / yon espesyalis / responsab la / yon kòlèg ou',
      },
      { ways: '# / #, tanpri / non, #', people: 'yon moun / yon ajan / sèvis kliyan' },
    ],
    refusals: `mwen pa vle pale ak yon machin / mwen pa pale ak wobo / mwen pa vle wobo / ase ak wobo sa a / mwen bouke ak wobo sa a / mwen rayi wobo / sispann wobo a`,
    others: [
      {
        ways: 'mwen te pale ak # yè / # te di m rele / èske mwen dwe pale ak # / mari m vle pale ak #',
        people: 'yon ajan / yon moun / manadjè a',
      },
      {
        ways: '#',
        people: `patwon m siyen papye a / èske m dwe vini an pèsòn / èske ou se yon wobo / konbyen moun ki dwe siyen / fòk mwen pale ak madanm mwen anvan /
          mwen travay kòm manadjè / eske m ka mete yon lòt moun sou kont lan`,
      },
    ],
  },
}
