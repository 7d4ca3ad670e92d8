"""Given and family names by naming tradition, in their own scripts; a name after a bar is how it is
written in Latin letters.

Invented combinations of common names: no real person is meant. Each tradition lists women's names,
men's names, family names.
"""

from __future__ import annotations

TRADITIONS: dict[str, tuple[str, str, str]] = {
    "swahili": (
        "Wanjiru, Achieng, Neema, Amina, Zawadi, Nyambura, Rehema, Atieno",
        "Juma, Otieno, Baraka, Kamau, Mwangi, Kiprono, Hamisi, Ochieng",
        "Kamau, Otieno, Mwangi, Njoroge, Kiplagat, Mushi, Mollel, Wafula, Achieng, Mbwana",
    ),
    "ethiopian": (
        "ሰላም|Selam, ሕይወት|Hiwot, ማርታ|Marta, ትዕግስት|Tigist, ሩት|Ruth, ብርሃን|Birhan",
        "ተመስገን|Temesgen, ዳዊት|Dawit, አበበ|Abebe, ሳሙኤል|Samuel, ዮናስ|Yonas, ግርማ|Girma",
        "በቀለ|Bekele, ተስፋዬ|Tesfaye, ኃይሉ|Hailu, ወልደ|Wolde, መኮንን|Mekonnen, አለሙ|Alemu, ደስታ|Desta",
    ),
    "arabic": (
        (
            "فاطمة|Fatima, مريم|Maryam, ليلى|Layla, نور|Nour, سلمى|Salma, هدى|Huda, آمنة|Amina,"
            " رانيا|Rania"
        ),
        (
            "محمد|Mohammed, أحمد|Ahmed, يوسف|Youssef, عمر|Omar, خالد|Khaled, علي|Ali,"
            " إبراهيم|Ibrahim, حسن|Hassan"
        ),
        (
            "الهاشمي|Al-Hashimi, المصري|El-Masri, بن صالح|Ben-Salah, العمري|Al-Amri, حداد|Haddad,"
            " منصور|Mansour, الطيب|El-Tayeb, نصر|Nasr"
        ),
    ),
    "persian": (
        "زهرا|Zahra, مینا|Mina, نرگس|Narges, شیرین|Shirin, پریسا|Parisa",
        "رضا|Reza, امیر|Amir, حسین|Hossein, مهدی|Mehdi, سینا|Sina",
        "رضایی|Rezaei, کریمی|Karimi, احمدی|Ahmadi, صادقی|Sadeghi, مرادی|Moradi",
    ),
    "turkic": (
        "Айгүл|Aigul, Динара|Dinara, Жанар|Zhanar, Алия|Aliya, Гулнора|Gulnora, Нилуфар|Nilufar",
        "Нурлан|Nurlan, Бекзод|Bekzod, Рустам|Rustam, Ерлан|Yerlan, Азамат|Azamat, Тимур|Timur",
        (
            "Әбенов|Abenov, Каримов|Karimov, Жуматов|Zhumatov, Рахимов|Rakhimov,"
            " Токтогулов|Toktogulov, Исмаилов|Ismailov"
        ),
    ),
    "slavic": (
        "Анна|Anna, Ольга|Olga, Мария|Maria, Екатерина|Ekaterina, Татьяна|Tatiana",
        "Алексей|Alexey, Дмитрий|Dmitry, Иван|Ivan, Сергей|Sergey, Павел|Pavel",
        (
            "Иванова|Ivanova, Петренко|Petrenko, Ковальчук|Kovalchuk, Соловей|Solovey, Мороз|Moroz,"
            " Бондаренко|Bondarenko"
        ),
    ),
    "central_european": (
        "Zsófia, Katarzyna, Ioana, Ana, Marija, Eszter, Agnieszka, Elena",
        "Gábor, Piotr, Andrei, Luka, Marko, Bence, Tomasz, Nikola",
        "Szabó, Kowalska, Popescu, Horvat, Petrović, Nagy, Wiśniewski, Ionescu, Kovačević",
    ),
    "chinese": (
        "雨桐|Yutong, 思琪|Siqi, 晓梅|Xiaomei, 静|Jing, 慧敏|Huimin",
        "伟|Wei, 建国|Jianguo, 浩然|Haoran, 明|Ming, 志强|Zhiqiang",
        "李|Li, 王|Wang, 陈|Chen, 张|Zhang, 林|Lin, 黄|Huang",
    ),
    "mongolian": (
        "Оюунчимэг|Oyunchimeg, Сарнай|Sarnai, Болормаа|Bolormaa, Номин|Nomin",
        "Батбаяр|Batbayar, Тэмүүлэн|Temuulen, Ганзориг|Ganzorig, Энхболд|Enkhbold",
        "Доржийн|Dorjiin, Батын|Batiin, Цэрэнгийн|Tserengiin, Нямын|Nyamiin",
    ),
    "nepali": (
        "सीता|Sita, अनिता|Anita, पूजा|Puja, सरिता|Sarita, माया|Maya",
        "राम|Ram, विकास|Bikash, सुरज|Suraj, प्रकाश|Prakash, दीपक|Deepak",
        "श्रेष्ठ|Shrestha, तामाङ|Tamang, गुरुङ|Gurung, अधिकारी|Adhikari, थापा|Thapa",
    ),
    "indian": (
        "प्रिया|Priya, अनन्या|Ananya, कविता|Kavita, नेहा|Neha, दीपा|Deepa",
        "अर्जुन|Arjun, राहुल|Rahul, विक्रम|Vikram, संजय|Sanjay, अमित|Amit",
        "शर्मा|Sharma, पटेल|Patel, सिंह|Singh, राव|Rao, मेहता|Mehta",
    ),
    "bengali": (
        "ফারজানা|Farzana, নুসরাত|Nusrat, শর্মিলা|Sharmila, তাসনিম|Tasnim, রুমানা|Rumana",
        "রাকিব|Rakib, তানভীর|Tanvir, সাকিব|Sakib, আরিফ|Arif, মাহমুদ|Mahmud",
        "রহমান|Rahman, ইসলাম|Islam, হোসেন|Hossain, চৌধুরী|Chowdhury, দাস|Das",
    ),
    "urdu": (
        "عائشہ|Ayesha, ثنا|Sana, حنا|Hina, مہوش|Mehwish, زینب|Zainab",
        "بلال|Bilal, عثمان|Usman, حمزہ|Hamza, فیصل|Faisal, طارق|Tariq",
        "خان|Khan, ملک|Malik, احمد|Ahmad, قریشی|Qureshi, چوہدری|Chaudhry",
    ),
    "sinhala": (
        "ඉෂාරා|Ishara, නදීෂා|Nadeesha, සඳුනි|Sanduni, තිලිනි|Thilini",
        "කසුන්|Kasun, නුවන්|Nuwan, චමින්ද|Chaminda, රුවන්|Ruwan",
        "පෙරේරා|Perera, සිල්වා|Silva, ජයසිංහ|Jayasinghe, බණ්ඩාර|Bandara, ගුණවර්ධන|Gunawardena",
    ),
    "thai": (
        "สุดา|Suda, พิมพ์ชนก|Pimchanok, นภัสสร|Napassorn, อรทัย|Orathai",
        "สมชาย|Somchai, ณัฐพล|Nattapon, ธนกร|Thanakorn, วีระ|Weera",
        "ศรีสุข|Srisuk, ทองดี|Thongdee, วงศ์สว่าง|Wongsawang, แก้วใส|Kaewsai",
    ),
    "lao_khmer": (
        "Chanthavy, Sreymom, Bouavanh, Sophea, Keo, Malis",
        "Somsack, Dara, Vannak, Khamphet, Rithy, Bounmy",
        "Sok, Phommachanh, Chea, Vongsa, Keomany, Heng",
    ),
    "burmese": (
        "သီတာ|Thida, ခင်|Khin, မြတ်|Myat, နှင်း|Hnin",
        "အောင်|Aung, ကျော်|Kyaw, ဇော်|Zaw, မင်း|Min",
        "ထွန်း|Htun, ဝင်း|Win, လှိုင်|Hlaing, စိုး|Soe",
    ),
    "vietnamese": (
        "Minh Châu|Minh Chau, Thu Hà|Thu Ha, Ngọc Anh|Ngoc Anh, Phương|Phuong",
        "Quang Huy, Đức|Duc, Tuấn|Tuan, Minh",
        "Nguyễn|Nguyen, Trần|Tran, Lê|Le, Đặng|Dang, Phạm|Pham",
    ),
    "malay": (
        "Siti, Nurul, Dewi, Putri, Ayu, Aisyah, Rina",
        "Budi, Ahmad, Agus, Rizal, Hafiz, Eko, Dimas",
        "Santoso, Abdullah, Wijaya, Rahman, Hidayat, Ismail, Nugroho",
    ),
    "filipino": (
        "Maria, Angelica, Kristine, Jasmine, Rowena",
        "Jose, Mark, Rafael, Joshua, Carlo",
        "Santos, Reyes, Dela Cruz|Dela-Cruz, Bautista, Mendoza",
    ),
    "spanish": (
        "María, Lucía, Camila, Valentina, Sofía, Daniela",
        "José, Carlos, Andrés, Diego, Mateo, Luis",
        "Quispe, García, Rodríguez, Flores, Mamani, Ramírez, Gutiérrez, Rojas",
    ),
    "portuguese": (
        "Ana-Lúcia, Beatriz, Luísa, Mariana, Joana, Celeste",
        "João, Pedro, Tiago, Nelson, Armando, Rui",
        "Prado, Silva, Santos, Macuácua, Ferreira, Lopes, Neto",
    ),
    "francophone_african": (
        "Fatou, Aminata, Mariam, Aïssatou, Adjoua, Clarisse, Awa",
        "Moussa, Ibrahima, Kouassi, Abdoulaye, Jean-Claude, Seydou, Blaise",
        "Ndiaye, Traoré, Ouédraogo, Diallo, Kouamé, Mbarga, Nkurunziza, Coulibaly, Rakotomalala",
    ),
    "anglophone_african": (
        "Chidinma, Abena, Ngozi, Thandiwe, Chipo, Grace, Mutinta, Efua",
        "Chinedu, Kwame, Tendai, Sipho, Emeka, Blessing, Mulenga, Kofi",
        "Okafor, Mensah, Moyo, Dlamini, Banda, Adeyemi, Phiri, Osei, Nakamura-Addo",
    ),
    "pacific": (
        "Mele, Ana, Litia, Sina, Losa",
        "Sione, Tevita, Jone, Manu, Peni",
        "Tuilagi, Vakatawa, Fifita, Taufa, Naisali",
    ),
    "armenian": (
        "Նարե|Nare, Անի|Ani, Մարիամ|Mariam, Լիլիթ|Lilit",
        "Արմեն|Armen, Տիգրան|Tigran, Դավիթ|Davit, Հայկ|Hayk",
        "Պետրոսյան|Petrosyan, Սարգսյան|Sargsyan, Գրիգորյան|Grigoryan, Հակոբյան|Hakobyan",
    ),
    "georgian": (
        "მარიამ|Mariam, ნინო|Nino, თამარ|Tamar, ანა|Ana",
        "გიორგი|Giorgi, დავით|Davit, ლუკა|Luka, ნიკა|Nika",
        "ბერიძე|Beridze, კაპანაძე|Kapanadze, გელაშვილი|Gelashvili, ლომიძე|Lomidze",
    ),
}

COUNTRIES: dict[str, str] = {
    "KE": "swahili", "TZ": "swahili", "UG": "swahili", "ET": "ethiopian", "ER": "ethiopian",
    "EG": "arabic", "MA": "arabic", "TN": "arabic", "DZ": "arabic", "SD": "arabic", "JO": "arabic",
    "IQ": "arabic", "YE": "arabic", "SY": "arabic",
    "LB": "arabic", "PS": "arabic", "MR": "arabic", "LY": "arabic", "IR": "persian", "AF":
    "persian", "TJ": "persian",
    "KZ": "turkic", "KG": "turkic", "UZ": "turkic", "TM": "turkic", "AZ": "turkic", "TR":
    "central_european",
    "RU": "slavic", "BY": "slavic", "UA": "slavic", "RS": "central_european", "HU":
    "central_european", "PL": "central_european",
    "RO": "central_european", "BG": "slavic", "BA": "central_european", "AL": "central_european",
    "ME": "central_european",
    "MN": "mongolian", "NP": "nepali", "BT": "nepali", "IN": "indian", "BD": "bengali", "PK":
    "urdu", "LK": "sinhala", "MV": "sinhala",
    "TH": "thai", "LA": "lao_khmer", "KH": "lao_khmer", "MM": "burmese", "VN": "vietnamese", "ID":
    "malay", "MY": "malay", "BN": "malay",
    "TL": "portuguese", "PH": "filipino", "SG": "chinese", "BO": "spanish", "PE": "spanish", "EC":
    "spanish", "CO": "spanish", "MX": "spanish",
    "CU": "spanish", "VE": "spanish", "AR": "spanish", "CL": "spanish", "PY": "spanish", "GT":
    "spanish", "HN": "spanish", "SV": "spanish",
    "BR": "portuguese", "AO": "portuguese", "MZ": "portuguese", "CV": "portuguese", "GW":
    "portuguese", "ST": "portuguese",
    "SN": "francophone_african", "CI": "francophone_african", "BF": "francophone_african", "ML":
    "francophone_african", "NE": "francophone_african",
    "TG": "francophone_african", "BJ": "francophone_african", "CM": "francophone_african", "CD":
    "francophone_african",
    "GN": "francophone_african", "BI": "francophone_african", "RW": "francophone_african", "MG":
    "francophone_african", "TD": "francophone_african",
    "NG": "anglophone_african", "GH": "anglophone_african", "ZM": "anglophone_african", "ZW":
    "anglophone_african", "MW": "anglophone_african",
    "ZA": "anglophone_african", "BW": "anglophone_african", "NA": "anglophone_african", "LS":
    "anglophone_african", "SL": "anglophone_african",
    "LR": "anglophone_african", "GM": "anglophone_african", "AM": "armenian", "GE": "georgian",
    "FJ": "pacific", "WS": "pacific", "TO": "pacific", "SB": "pacific", "VU": "pacific", "PG":
    "pacific", "HT": "francophone_african",
}  # fmt: skip
FAMILY_FIRST = frozenset({"chinese", "vietnamese", "mongolian"})
LANGUAGES = {"arabic": "ar"}
