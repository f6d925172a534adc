-- An excerpt of the places of the world, written by `python -m mcp_db_server.demo.excerpt`; README.md says what it is.
-- Data by GeoNames (https://www.geonames.org), CC BY 4.0. Load it into a database named world:
--     psql -v ON_ERROR_STOP=1 -d world -f world.sql
BEGIN;
CREATE SCHEMA world;

CREATE TABLE world.continents (
    code       text PRIMARY KEY CHECK (code ~ '^[A-Z]{2}$'),
    name       text NOT NULL UNIQUE,
    latitude   double precision NOT NULL CHECK (latitude BETWEEN -90 AND 90),
    longitude  double precision NOT NULL CHECK (longitude BETWEEN -180 AND 180),
    geoname_id integer NOT NULL UNIQUE
);

CREATE TABLE world.currencies (
    code text PRIMARY KEY CHECK (code ~ '^[A-Z]{3}$'),
    name text NOT NULL
);

CREATE TABLE world.countries (
    code           text PRIMARY KEY CHECK (code ~ '^[A-Z]{2}$'),
    iso3           text NOT NULL UNIQUE CHECK (iso3 ~ '^[A-Z]{3}$'),
    iso_numeric    smallint UNIQUE,
    name           text NOT NULL UNIQUE,
    continent_code text NOT NULL REFERENCES world.continents,
    capital        text,
    population     bigint NOT NULL CHECK (population >= 0),
    area_km2       integer CHECK (area_km2 > 0),
    currency_code  text REFERENCES world.currencies,
    calling_code   text,
    top_level_domain text,
    geoname_id     integer NOT NULL UNIQUE
);

CREATE TABLE world.country_languages (
    country_code  text NOT NULL REFERENCES world.countries,
    rank          smallint NOT NULL CHECK (rank > 0),
    language_tag  text NOT NULL,
    language_code text NOT NULL GENERATED ALWAYS AS (split_part(language_tag, '-', 1)) STORED,
    PRIMARY KEY (country_code, rank),
    UNIQUE (country_code, language_tag)
);

CREATE TABLE world.country_neighbours (
    country_code   text NOT NULL REFERENCES world.countries,
    neighbour_code text NOT NULL REFERENCES world.countries,
    PRIMARY KEY (country_code, neighbour_code),
    CHECK (country_code <> neighbour_code)
);

CREATE TABLE world.us_states (
    code       text PRIMARY KEY CHECK (code ~ '^[A-Z]{2}$'),
    name       text NOT NULL UNIQUE,
    fips       text NOT NULL UNIQUE CHECK (fips ~ '^[0-9]{2}$'),
    geoname_id integer NOT NULL UNIQUE
);

CREATE TABLE world.us_counties (
    fips       text PRIMARY KEY CHECK (fips ~ '^[0-9]{5}$'),
    name       text NOT NULL,
    state_code text NOT NULL REFERENCES world.us_states,
    UNIQUE (state_code, name)
);

CREATE TABLE world.cities (
    id            integer PRIMARY KEY,
    name          text NOT NULL,
    country_code  text NOT NULL REFERENCES world.countries,
    us_state_code text REFERENCES world.us_states CHECK (us_state_code IS NULL OR country_code = 'US'),
    admin1_code   text,
    is_capital    boolean NOT NULL,
    population    bigint NOT NULL CHECK (population >= 0),
    latitude      double precision NOT NULL CHECK (latitude BETWEEN -90 AND 90),
    longitude     double precision NOT NULL CHECK (longitude BETWEEN -180 AND 180),
    timezone      text NOT NULL
);

CREATE TABLE world.city_names (
    city_id integer NOT NULL,
    name    text NOT NULL
);

CREATE VIEW world.capitals AS
SELECT country.code AS country_code, country.name AS country, city.id AS city_id, city.name AS capital,
       city.population, city.latitude, city.longitude, city.timezone
FROM world.countries AS country
JOIN world.cities AS city ON city.country_code = country.code AND city.is_capital;

CREATE FUNCTION world.distance_km(
    latitude_a double precision, longitude_a double precision, latitude_b double precision, longitude_b double precision
) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN 6371.0088 * 2 * asin(least(1, sqrt(
    sind((latitude_b - latitude_a) / 2) ^ 2
    + cosd(latitude_a) * cosd(latitude_b) * sind((longitude_b - longitude_a) / 2) ^ 2)));
COPY world.continents (code, name, latitude, longitude, geoname_id) FROM stdin;
AF	Africa	7.1881	21.09375	6255146
AS	Asia	29.84064	89.29688	6255147
EU	Europe	48.69096	9.14062	6255148
NA	North America	46.07323	-100.54688	6255149
OC	Oceania	-18.31281	138.51562	6255151
SA	South America	-14.60485	-57.65625	6255150
AN	Antarctica	-78.15856	16.40626	6255152
\.
COPY world.currencies (code, name) FROM stdin;
AED	Dirham
AFN	Afghani
ALL	Lek
AMD	Dram
AOA	Kwanza
ARS	Peso
AUD	Dollar
AWG	Guilder
AZN	Manat
BAM	Marka
BBD	Dollar
BDT	Taka
BGN	Lev
BHD	Dinar
BIF	Franc
BMD	Dollar
BND	Dollar
BOB	Boliviano
BRL	Real
BSD	Dollar
BTN	Ngultrum
BWP	Pula
BYN	Belarusian ruble
BZD	Dollar
CAD	Dollar
CDF	Franc
CHF	Franc
CLP	Peso
CNY	Yuan Renminbi
COP	Peso
CRC	Colon
CUP	Peso
CVE	Escudo
CZK	Koruna
DJF	Franc
DKK	Krone
DOP	Peso
DZD	Dinar
EGP	Pound
ERN	Nakfa
ETB	Birr
EUR	Euro
FJD	Dollar
FKP	Pound
GBP	Pound
GEL	Lari
GHS	Cedi
GIP	Pound
GMD	Dalasi
GNF	Franc
GTQ	Quetzal
GYD	Dollar
HKD	Dollar
HNL	Lempira
HTG	Gourde
HUF	Forint
IDR	Rupiah
ILS	Shekel
INR	Rupee
IQD	Dinar
IRR	Rial
ISK	Krona
JMD	Dollar
JOD	Dinar
JPY	Yen
KES	Shilling
KGS	Som
KHR	Riels
KMF	Franc
KPW	Won
KRW	Won
KWD	Dinar
KYD	Dollar
KZT	Tenge
LAK	Kip
LBP	Pound
LKR	Rupee
LRD	Dollar
LSL	Loti
LYD	Dinar
MAD	Dirham
MDL	Leu
MGA	Ariary
MKD	Denar
MMK	Kyat
MNT	Tugrik
MOP	Pataca
MRU	Ouguiya
MUR	Rupee
MVR	Rufiyaa
MWK	Kwacha
MXN	Peso
MYR	Ringgit
MZN	Metical
NAD	Dollar
NGN	Naira
NIO	Cordoba
NOK	Krone
NPR	Rupee
NZD	Dollar
OMR	Rial
PAB	Balboa
PEN	Sol
PGK	Kina
PHP	Peso
PKR	Rupee
PLN	Zloty
PYG	Guarani
QAR	Rial
RON	Leu
RSD	Dinar
RUB	Ruble
RWF	Franc
SAR	Rial
SBD	Dollar
SCR	Rupee
SDG	Pound
SEK	Krona
SGD	Dollar
SHP	Pound
SLE	Leone
SOS	Shilling
SRD	Dollar
SSP	Pound
STN	Dobra
SYP	Pound
SZL	Lilangeni
THB	Baht
TJS	Somoni
TMT	Manat
TND	Dinar
TOP	Pa'anga
TRY	Lira
TTD	Dollar
TWD	Dollar
TZS	Shilling
UAH	Hryvnia
UGX	Shilling
USD	Dollar
UYU	Peso
UZS	Som
VES	Bolivar Soberano
VND	Dong
VUV	Vatu
WST	Tala
XAF	Franc
XCD	Dollar
XCG	Guilder
XOF	Franc
XPF	Franc
YER	Rial
ZAR	Rand
ZMW	Kwacha
ZWG	Zimbabwe Gold
\.
COPY world.countries (code, iso3, iso_numeric, name, continent_code, capital, population, area_km2, currency_code, calling_code, top_level_domain, geoname_id) FROM stdin;
AD	AND	20	Andorra	EU	Andorra la Vella	77006	468	EUR	376	.ad	3041565
AE	ARE	784	United Arab Emirates	AS	Abu Dhabi	9630959	82880	AED	971	.ae	290557
AF	AFG	4	Afghanistan	AS	Kabul	37172386	647500	AFN	93	.af	1149361
AG	ATG	28	Antigua and Barbuda	NA	St. John's	96286	443	XCD	+1-268	.ag	3576396
AI	AIA	660	Anguilla	NA	The Valley	13254	102	XCD	+1-264	.ai	3573511
AL	ALB	8	Albania	EU	Tirana	2866376	28748	ALL	355	.al	783754
AM	ARM	51	Armenia	AS	Yerevan	3090500	29800	AMD	374	.am	174982
AO	AGO	24	Angola	AF	Luanda	30809762	1246700	AOA	244	.ao	3351879
AQ	ATA	10	Antarctica	AN	\N	0	14000000	\N	\N	.aq	6697173
AR	ARG	32	Argentina	SA	Buenos Aires	44494502	2766890	ARS	54	.ar	3865483
AS	ASM	16	American Samoa	OC	Pago Pago	55465	199	USD	+1-684	.as	5880801
AT	AUT	40	Austria	EU	Vienna	8847037	83858	EUR	43	.at	2782113
AU	AUS	36	Australia	OC	Canberra	24992369	7686850	AUD	61	.au	2077456
AW	ABW	533	Aruba	NA	Oranjestad	105845	193	AWG	297	.aw	3577279
AX	ALA	248	Aland Islands	EU	Mariehamn	26711	1580	EUR	+358-18	.ax	661882
AZ	AZE	31	Azerbaijan	AS	Baku	10224900	86600	AZN	994	.az	587116
BA	BIH	70	Bosnia and Herzegovina	EU	Sarajevo	3323929	51129	BAM	387	.ba	3277605
BB	BRB	52	Barbados	NA	Bridgetown	286641	431	BBD	+1-246	.bb	3374084
BD	BGD	50	Bangladesh	AS	Dhaka	161356039	144000	BDT	880	.bd	1210997
BE	BEL	56	Belgium	EU	Brussels	11422068	30510	EUR	32	.be	2802361
BF	BFA	854	Burkina Faso	AF	Ouagadougou	19751535	274200	XOF	226	.bf	2361809
BG	BGR	100	Bulgaria	EU	Sofia	7000039	110910	BGN	359	.bg	732800
BH	BHR	48	Bahrain	AS	Manama	1569439	665	BHD	973	.bh	290291
BI	BDI	108	Burundi	AF	Gitega	11175378	27830	BIF	257	.bi	433561
BJ	BEN	204	Benin	AF	Porto-Novo	11485048	112620	XOF	229	.bj	2395170
BL	BLM	652	Saint Barthelemy	NA	Gustavia	8450	21	EUR	590	.gp	3578476
BM	BMU	60	Bermuda	NA	Hamilton	63968	53	BMD	+1-441	.bm	3573345
BN	BRN	96	Brunei	AS	Bandar Seri Begawan	428962	5770	BND	673	.bn	1820814
BO	BOL	68	Bolivia	SA	Sucre	11353142	1098580	BOB	591	.bo	3923057
BQ	BES	535	Bonaire, Saint Eustatius and Saba	NA	\N	18012	328	USD	599	.bq	7626844
BR	BRA	76	Brazil	SA	Brasilia	209469333	8511965	BRL	55	.br	3469034
BS	BHS	44	Bahamas	NA	Nassau	385640	13940	BSD	+1-242	.bs	3572887
BT	BTN	64	Bhutan	AS	Thimphu	754394	47000	BTN	975	.bt	1252634
BV	BVT	74	Bouvet Island	AN	\N	0	49	NOK	\N	.bv	3371123
BW	BWA	72	Botswana	AF	Gaborone	2254126	600370	BWP	267	.bw	933860
BY	BLR	112	Belarus	EU	Minsk	9485386	207600	BYN	375	.by	630336
BZ	BLZ	84	Belize	NA	Belmopan	383071	22966	BZD	501	.bz	3582678
CA	CAN	124	Canada	NA	Ottawa	37058856	9984670	CAD	1	.ca	6251999
CC	CCK	166	Cocos Islands	AS	West Island	628	14	AUD	61	.cc	1547376
CD	COD	180	Democratic Republic of the Congo	AF	Kinshasa	84068091	2345410	CDF	243	.cd	203312
CF	CAF	140	Central African Republic	AF	Bangui	4666377	622984	XAF	236	.cf	239880
CG	COG	178	Republic of the Congo	AF	Brazzaville	5244363	342000	XAF	242	.cg	2260494
CH	CHE	756	Switzerland	EU	Bern	8516543	41290	CHF	41	.ch	2658434
CI	CIV	384	Ivory Coast	AF	Yamoussoukro	25069229	322460	XOF	225	.ci	2287781
CK	COK	184	Cook Islands	OC	Avarua	21388	240	NZD	682	.ck	1899402
CL	CHL	152	Chile	SA	Santiago	18729160	756950	CLP	56	.cl	3895114
CM	CMR	120	Cameroon	AF	Yaounde	25216237	475440	XAF	237	.cm	2233387
CN	CHN	156	China	AS	Beijing	1411778724	9596960	CNY	86	.cn	1814991
CO	COL	170	Colombia	SA	Bogota	49648685	1138910	COP	57	.co	3686110
CR	CRI	188	Costa Rica	NA	San Jose	4999441	51100	CRC	506	.cr	3624060
CU	CUB	192	Cuba	NA	Havana	11338138	110860	CUP	53	.cu	3562981
CV	CPV	132	Cabo Verde	AF	Praia	543767	4033	CVE	238	.cv	3374766
CW	CUW	531	Curacao	NA	Willemstad	159849	444	XCG	599	.cw	7626836
CX	CXR	162	Christmas Island	OC	Flying Fish Cove	1500	135	AUD	61	.cx	2078138
CY	CYP	196	Cyprus	EU	Nicosia	1189265	9250	EUR	357	.cy	146669
CZ	CZE	203	Czechia	EU	Prague	10625695	78866	CZK	420	.cz	3077311
DE	DEU	276	Germany	EU	Berlin	82927922	357021	EUR	49	.de	2921044
DJ	DJI	262	Djibouti	AF	Djibouti	958920	23000	DJF	253	.dj	223816
DK	DNK	208	Denmark	EU	Copenhagen	5797446	43094	DKK	45	.dk	2623032
DM	DMA	212	Dominica	NA	Roseau	71625	754	XCD	+1-767	.dm	3575830
DO	DOM	214	Dominican Republic	NA	Santo Domingo	10627165	48730	DOP	+1-809 and 1-829	.do	3508796
DZ	DZA	12	Algeria	AF	Algiers	42228429	2381740	DZD	213	.dz	2589581
EC	ECU	218	Ecuador	SA	Quito	17084357	283560	USD	593	.ec	3658394
EE	EST	233	Estonia	EU	Tallinn	1320884	45226	EUR	372	.ee	453733
EG	EGY	818	Egypt	AF	Cairo	98423595	1001450	EGP	20	.eg	357994
EH	ESH	732	Western Sahara	AF	El-Aaiun	273008	266000	MAD	212	.eh	2461445
ER	ERI	232	Eritrea	AF	Asmara	6209262	121320	ERN	291	.er	338010
ES	ESP	724	Spain	EU	Madrid	46723749	504782	EUR	34	.es	2510769
ET	ETH	231	Ethiopia	AF	Addis Ababa	109224559	1127127	ETB	251	.et	337996
FI	FIN	246	Finland	EU	Helsinki	5518050	337030	EUR	358	.fi	660013
FJ	FJI	242	Fiji	OC	Suva	883483	18270	FJD	679	.fj	2205218
FK	FLK	238	Falkland Islands	SA	Stanley	2638	12173	FKP	500	.fk	3474414
FM	FSM	583	Micronesia	OC	Palikir	112640	702	USD	691	.fm	2081918
FO	FRO	234	Faroe Islands	EU	Torshavn	48497	1399	DKK	298	.fo	2622320
FR	FRA	250	France	EU	Paris	66987244	547030	EUR	33	.fr	3017382
GA	GAB	266	Gabon	AF	Libreville	2119275	267667	XAF	241	.ga	2400553
GB	GBR	826	United Kingdom	EU	London	66488991	244820	GBP	44	.uk	2635167
GD	GRD	308	Grenada	NA	St. George's	111454	344	XCD	+1-473	.gd	3580239
GE	GEO	268	Georgia	AS	Tbilisi	3704500	69700	GEL	995	.ge	614540
GF	GUF	254	French Guiana	SA	Cayenne	195506	91000	EUR	594	.gf	3381670
GG	GGY	831	Guernsey	EU	St Peter Port	65228	78	GBP	+44-1481	.gg	3042362
GH	GHA	288	Ghana	AF	Accra	29767108	239460	GHS	233	.gh	2300660
GI	GIB	292	Gibraltar	EU	Gibraltar	33718	6	GIP	350	.gi	2411586
GL	GRL	304	Greenland	NA	Nuuk	56025	2166086	DKK	299	.gl	3425505
GM	GMB	270	Gambia	AF	Banjul	2280102	11300	GMD	220	.gm	2413451
GN	GIN	324	Guinea	AF	Conakry	12414318	245857	GNF	224	.gn	2420477
GP	GLP	312	Guadeloupe	NA	Basse-Terre	443000	1780	EUR	590	.gp	3579143
GQ	GNQ	226	Equatorial Guinea	AF	Ciudad de la Paz	1308974	28051	XAF	240	.gq	2309096
GR	GRC	300	Greece	EU	Athens	10727668	131940	EUR	30	.gr	390903
GS	SGS	239	South Georgia and the South Sandwich Islands	AN	Grytviken	30	3903	GBP	\N	.gs	3474415
GT	GTM	320	Guatemala	NA	Guatemala City	17247807	108890	GTQ	502	.gt	3595528
GU	GUM	316	Guam	OC	Hagatna	165768	549	USD	+1-671	.gu	4043988
GW	GNB	624	Guinea-Bissau	AF	Bissau	1874309	36120	XOF	245	.gw	2372248
GY	GUY	328	Guyana	SA	Georgetown	779004	214970	GYD	592	.gy	3378535
HK	HKG	344	Hong Kong	AS	Hong Kong	7396076	1092	HKD	852	.hk	1819730
HM	HMD	334	Heard Island and McDonald Islands	AN	\N	0	412	AUD	\N	.hm	1547314
HN	HND	340	Honduras	NA	Tegucigalpa	9587522	112090	HNL	504	.hn	3608932
HR	HRV	191	Croatia	EU	Zagreb	3871833	56542	EUR	385	.hr	3202326
HT	HTI	332	Haiti	NA	Port-au-Prince	11123176	27750	HTG	509	.ht	3723988
HU	HUN	348	Hungary	EU	Budapest	9768785	93030	HUF	36	.hu	719819
ID	IDN	360	Indonesia	AS	Jakarta	267663435	1919440	IDR	62	.id	1643084
IE	IRL	372	Ireland	EU	Dublin	4853506	70280	EUR	353	.ie	2963597
IL	ISR	376	Israel	AS	Jerusalem	8883800	20770	ILS	972	.il	294640
IM	IMN	833	Isle of Man	EU	Douglas	84077	572	GBP	+44-1624	.im	3042225
IN	IND	356	India	AS	New Delhi	1352617328	3287590	INR	91	.in	1269750
IO	IOT	86	British Indian Ocean Territory	AS	Diego Garcia	4000	60	USD	246	.io	1282588
IQ	IRQ	368	Iraq	AS	Baghdad	38433600	437072	IQD	964	.iq	99237
IR	IRN	364	Iran	AS	Tehran	81800269	1648000	IRR	98	.ir	130758
IS	ISL	352	Iceland	EU	Reykjavik	353574	103000	ISK	354	.is	2629691
IT	ITA	380	Italy	EU	Rome	60431283	301230	EUR	39	.it	3175395
JE	JEY	832	Jersey	EU	Saint Helier	90812	116	GBP	+44-1534	.je	3042142
JM	JAM	388	Jamaica	NA	Kingston	2934855	10991	JMD	+1-876	.jm	3489940
JO	JOR	400	Jordan	AS	Amman	9956011	92300	JOD	962	.jo	248816
JP	JPN	392	Japan	AS	Tokyo	126529100	377835	JPY	81	.jp	1861060
KE	KEN	404	Kenya	AF	Nairobi	51393010	582650	KES	254	.ke	192950
KG	KGZ	417	Kyrgyzstan	AS	Bishkek	6315800	198500	KGS	996	.kg	1527747
KH	KHM	116	Cambodia	AS	Phnom Penh	16249798	181040	KHR	855	.kh	1831722
KI	KIR	296	Kiribati	OC	Tarawa	115847	811	AUD	686	.ki	4030945
KM	COM	174	Comoros	AF	Moroni	832322	2170	KMF	269	.km	921929
KN	KNA	659	Saint Kitts and Nevis	NA	Basseterre	52441	261	XCD	+1-869	.kn	3575174
KP	PRK	408	North Korea	AS	Pyongyang	25549819	120540	KPW	850	.kp	1873107
KR	KOR	410	South Korea	AS	Seoul	51635256	98480	KRW	82	.kr	1835841
XK	XKX	\N	Kosovo	EU	Pristina	1845300	10908	EUR	\N	\N	831053
KW	KWT	414	Kuwait	AS	Kuwait City	4137309	17820	KWD	965	.kw	285570
KY	CYM	136	Cayman Islands	NA	George Town	64174	262	KYD	+1-345	.ky	3580718
KZ	KAZ	398	Kazakhstan	AS	Nur-Sultan	18276499	2717300	KZT	7	.kz	1522867
LA	LAO	418	Laos	AS	Vientiane	7061507	236800	LAK	856	.la	1655842
LB	LBN	422	Lebanon	AS	Beirut	6848925	10400	LBP	961	.lb	272103
LC	LCA	662	Saint Lucia	NA	Castries	181889	616	XCD	+1-758	.lc	3576468
LI	LIE	438	Liechtenstein	EU	Vaduz	37910	160	CHF	423	.li	3042058
LK	LKA	144	Sri Lanka	AS	Colombo	21670000	65610	LKR	94	.lk	1227603
LR	LBR	430	Liberia	AF	Monrovia	4818977	111370	LRD	231	.lr	2275384
LS	LSO	426	Lesotho	AF	Maseru	2108132	30355	LSL	266	.ls	932692
LT	LTU	440	Lithuania	EU	Vilnius	2789533	65200	EUR	370	.lt	597427
LU	LUX	442	Luxembourg	EU	Luxembourg	607728	2586	EUR	352	.lu	2960313
LV	LVA	428	Latvia	EU	Riga	1926542	64589	EUR	371	.lv	458258
LY	LBY	434	Libya	AF	Tripoli	6678567	1759540	LYD	218	.ly	2215636
MA	MAR	504	Morocco	AF	Rabat	36029138	446550	MAD	212	.ma	2542007
MC	MCO	492	Monaco	EU	Monaco	38682	1	EUR	377	.mc	2993457
MD	MDA	498	Moldova	EU	Chisinau	3545883	33843	MDL	373	.md	617790
ME	MNE	499	Montenegro	EU	Podgorica	622345	14026	EUR	382	.me	3194884
MF	MAF	663	Saint Martin	NA	Marigot	37264	53	EUR	590	.gp	3578421
MG	MDG	450	Madagascar	AF	Antananarivo	26262368	587040	MGA	261	.mg	1062947
MH	MHL	584	Marshall Islands	OC	Majuro	58413	181	USD	692	.mh	2080185
MK	MKD	807	North Macedonia	EU	Skopje	2082958	25333	MKD	389	.mk	718075
ML	MLI	466	Mali	AF	Bamako	19077690	1240000	XOF	223	.ml	2453866
MM	MMR	104	Myanmar	AS	Nay Pyi Taw	53708395	678500	MMK	95	.mm	1327865
MN	MNG	496	Mongolia	AS	Ulaanbaatar	3170208	1565000	MNT	976	.mn	2029969
MO	MAC	446	Macao	AS	Macao	631636	254	MOP	853	.mo	1821275
MP	MNP	580	Northern Mariana Islands	OC	Saipan	56882	477	USD	+1-670	.mp	4041468
MQ	MTQ	474	Martinique	NA	Fort-de-France	432900	1100	EUR	596	.mq	3570311
MR	MRT	478	Mauritania	AF	Nouakchott	4403319	1030700	MRU	222	.mr	2378080
MS	MSR	500	Montserrat	NA	Plymouth	9341	102	XCD	+1-664	.ms	3578097
MT	MLT	470	Malta	EU	Valletta	483530	316	EUR	356	.mt	2562770
MU	MUS	480	Mauritius	AF	Port Louis	1265303	2040	MUR	230	.mu	934292
MV	MDV	462	Maldives	AS	Male	515696	300	MVR	960	.mv	1282028
MW	MWI	454	Malawi	AF	Lilongwe	17563749	118480	MWK	265	.mw	927384
MX	MEX	484	Mexico	NA	Mexico City	126190788	1972550	MXN	52	.mx	3996063
MY	MYS	458	Malaysia	AS	Kuala Lumpur	31528585	329750	MYR	60	.my	1733045
MZ	MOZ	508	Mozambique	AF	Maputo	29495962	801590	MZN	258	.mz	1036973
NA	NAM	516	Namibia	AF	Windhoek	2448255	825418	NAD	264	.na	3355338
NC	NCL	540	New Caledonia	OC	Noumea	284060	19060	XPF	687	.nc	2139685
NE	NER	562	Niger	AF	Niamey	22442948	1267000	XOF	227	.ne	2440476
NF	NFK	574	Norfolk Island	OC	Kingston	1828	34	AUD	672	.nf	2155115
NG	NGA	566	Nigeria	AF	Abuja	195874740	923768	NGN	234	.ng	2328926
NI	NIC	558	Nicaragua	NA	Managua	6465513	129494	NIO	505	.ni	3617476
NL	NLD	528	The Netherlands	EU	Amsterdam	17231017	41526	EUR	31	.nl	2750405
NO	NOR	578	Norway	EU	Oslo	5314336	324220	NOK	47	.no	3144096
NP	NPL	524	Nepal	AS	Kathmandu	28087871	140800	NPR	977	.np	1282988
NR	NRU	520	Nauru	OC	Yaren	12704	21	AUD	674	.nr	2110425
NU	NIU	570	Niue	OC	Alofi	2166	260	NZD	683	.nu	4036232
NZ	NZL	554	New Zealand	OC	Wellington	4885500	268680	NZD	64	.nz	2186224
OM	OMN	512	Oman	AS	Muscat	4829483	212460	OMR	968	.om	286963
PA	PAN	591	Panama	NA	Panama City	4176873	78200	PAB	507	.pa	3703430
PE	PER	604	Peru	SA	Lima	31989256	1285220	PEN	51	.pe	3932488
PF	PYF	258	French Polynesia	OC	Papeete	277679	4167	XPF	689	.pf	4030656
PG	PNG	598	Papua New Guinea	OC	Port Moresby	8606316	462840	PGK	675	.pg	2088628
PH	PHL	608	Philippines	AS	Manila	106651922	300000	PHP	63	.ph	1694008
PK	PAK	586	Pakistan	AS	Islamabad	212215030	803940	PKR	92	.pk	1168579
PL	POL	616	Poland	EU	Warsaw	37978548	312685	PLN	48	.pl	798544
PM	SPM	666	Saint Pierre and Miquelon	NA	Saint-Pierre	7012	242	EUR	508	.pm	3424932
PN	PCN	612	Pitcairn	OC	Adamstown	46	47	NZD	870	.pn	4030699
PR	PRI	630	Puerto Rico	NA	San Juan	3195153	9104	USD	+1-787 and 1-939	.pr	4566966
PS	PSE	275	Palestinian Territory	AS	East Jerusalem	4569087	5970	ILS	970	.ps	6254930
PT	PRT	620	Portugal	EU	Lisbon	10281762	92391	EUR	351	.pt	2264397
PW	PLW	585	Palau	OC	Melekeok	17907	458	USD	680	.pw	1559582
PY	PRY	600	Paraguay	SA	Asuncion	6956071	406750	PYG	595	.py	3437598
QA	QAT	634	Qatar	AS	Doha	2781677	11437	QAR	974	.qa	289688
RE	REU	638	Reunion	AF	Saint-Denis	776948	2517	EUR	262	.re	935317
RO	ROU	642	Romania	EU	Bucharest	19473936	237500	RON	40	.ro	798549
RS	SRB	688	Serbia	EU	Belgrade	6982084	88361	RSD	381	.rs	6290252
RU	RUS	643	Russia	EU	Moscow	144478050	17100000	RUB	7	.ru	2017370
RW	RWA	646	Rwanda	AF	Kigali	12301939	26338	RWF	250	.rw	49518
SA	SAU	682	Saudi Arabia	AS	Riyadh	33699947	1960582	SAR	966	.sa	102358
SB	SLB	90	Solomon Islands	OC	Honiara	652858	28450	SBD	677	.sb	2103350
SC	SYC	690	Seychelles	AF	Victoria	96762	455	SCR	248	.sc	241170
SD	SDN	729	Sudan	AF	Khartoum	41801533	1861484	SDG	249	.sd	366755
SS	SSD	728	South Sudan	AF	Juba	8260490	644329	SSP	211	.ss	7909807
SE	SWE	752	Sweden	EU	Stockholm	10183175	449964	SEK	46	.se	2661886
SG	SGP	702	Singapore	AS	Singapore	5638676	692	SGD	65	.sg	1880251
SH	SHN	654	Saint Helena	AF	Jamestown	7460	410	SHP	290	.sh	3370751
SI	SVN	705	Slovenia	EU	Ljubljana	2067372	20273	EUR	386	.si	3190538
SJ	SJM	744	Svalbard and Jan Mayen	EU	Longyearbyen	2550	62049	NOK	47	.sj	607072
SK	SVK	703	Slovakia	EU	Bratislava	5447011	48845	EUR	421	.sk	3057568
SL	SLE	694	Sierra Leone	AF	Freetown	7650154	71740	SLE	232	.sl	2403846
SM	SMR	674	San Marino	EU	San Marino	33785	61	EUR	378	.sm	3168068
SN	SEN	686	Senegal	AF	Dakar	15854360	196190	XOF	221	.sn	2245662
SO	SOM	706	Somalia	AF	Mogadishu	15008154	637657	SOS	252	.so	51537
SR	SUR	740	Suriname	SA	Paramaribo	575991	163270	SRD	597	.sr	3382998
ST	STP	678	Sao Tome and Principe	AF	Sao Tome	197700	1001	STN	239	.st	2410758
SV	SLV	222	El Salvador	NA	San Salvador	6420744	21040	USD	503	.sv	3585968
SX	SXM	534	Sint Maarten	NA	Philipsburg	40654	21	XCG	599	.sx	7609695
SY	SYR	760	Syria	AS	Damascus	16906283	185180	SYP	963	.sy	163843
SZ	SWZ	748	Eswatini	AF	Mbabane	1136191	17363	SZL	268	.sz	934841
TC	TCA	796	Turks and Caicos Islands	NA	Cockburn Town	37665	430	USD	+1-649	.tc	3576916
TD	TCD	148	Chad	AF	N'Djamena	15477751	1284000	XAF	235	.td	2434508
TF	ATF	260	French Southern Territories	AN	Port-aux-Francais	140	7829	EUR	\N	.tf	1546748
TG	TGO	768	Togo	AF	Lome	7889094	56785	XOF	228	.tg	2363686
TH	THA	764	Thailand	AS	Bangkok	69428524	514000	THB	66	.th	1605651
TJ	TJK	762	Tajikistan	AS	Dushanbe	9100837	143100	TJS	992	.tj	1220409
TK	TKL	772	Tokelau	OC	\N	1466	10	NZD	690	.tk	4031074
TL	TLS	626	Timor Leste	OC	Dili	1267972	15007	USD	670	.tl	1966436
TM	TKM	795	Turkmenistan	AS	Ashgabat	5850908	488100	TMT	993	.tm	1218197
TN	TUN	788	Tunisia	AF	Tunis	11565204	163610	TND	216	.tn	2464461
TO	TON	776	Tonga	OC	Nuku'alofa	103197	748	TOP	676	.to	4032283
TR	TUR	792	Turkey	AS	Ankara	82319724	780580	TRY	90	.tr	298795
TT	TTO	780	Trinidad and Tobago	NA	Port of Spain	1389858	5128	TTD	+1-868	.tt	3573591
TV	TUV	798	Tuvalu	OC	Funafuti	11508	26	AUD	688	.tv	2110297
TW	TWN	158	Taiwan	AS	Taipei	23451837	35980	TWD	886	.tw	1668284
TZ	TZA	834	Tanzania	AF	Dodoma	56318348	945087	TZS	255	.tz	149590
UA	UKR	804	Ukraine	EU	Kyiv	40000000	603700	UAH	380	.ua	690791
UG	UGA	800	Uganda	AF	Kampala	42723139	236040	UGX	256	.ug	226074
UM	UMI	581	United States Minor Outlying Islands	OC	\N	0	\N	USD	1	.um	5854968
US	USA	840	United States	NA	Washington	327167434	9629091	USD	1	.us	6252001
UY	URY	858	Uruguay	SA	Montevideo	3449299	176220	UYU	598	.uy	3439705
UZ	UZB	860	Uzbekistan	AS	Tashkent	32955400	447400	UZS	998	.uz	1512440
VA	VAT	336	Vatican	EU	Vatican City	921	\N	EUR	379	.va	3164670
VC	VCT	670	Saint Vincent and the Grenadines	NA	Kingstown	110211	389	XCD	+1-784	.vc	3577815
VE	VEN	862	Venezuela	SA	Caracas	28870195	912050	VES	58	.ve	3625428
VG	VGB	92	British Virgin Islands	NA	Road Town	29802	153	USD	+1-284	.vg	3577718
VI	VIR	850	U.S. Virgin Islands	NA	Charlotte Amalie	106977	352	USD	+1-340	.vi	4796775
VN	VNM	704	Vietnam	AS	Hanoi	95540395	329560	VND	84	.vn	1562822
VU	VUT	548	Vanuatu	OC	Port Vila	292680	12200	VUV	678	.vu	2134431
WF	WLF	876	Wallis and Futuna	OC	Mata Utu	16025	274	XPF	681	.wf	4034749
WS	WSM	882	Samoa	OC	Apia	196130	2944	WST	685	.ws	4034894
YE	YEM	887	Yemen	AS	Sanaa	28498687	527970	YER	967	.ye	69543
YT	MYT	175	Mayotte	AF	Mamoudzou	279471	374	EUR	262	.yt	1024031
ZA	ZAF	710	South Africa	AF	Pretoria	57779622	1219912	ZAR	27	.za	953987
ZM	ZMB	894	Zambia	AF	Lusaka	17351822	752614	ZMW	260	.zm	895949
ZW	ZWE	716	Zimbabwe	AF	Harare	16868409	390580	ZWG	263	.zw	878675
\.
COPY world.country_languages (country_code, rank, language_tag) FROM stdin;
AD	1	ca
AE	1	ar-AE
AE	2	fa
AE	3	en
AE	4	hi
AE	5	ur
AF	1	fa-AF
AF	2	ps
AF	3	uz-AF
AF	4	tk
AG	1	en-AG
AI	1	en-AI
AL	1	sq
AL	2	el
AM	1	hy
AO	1	pt-AO
AR	1	es-AR
AR	2	en
AR	3	it
AR	4	de
AR	5	fr
AR	6	gn
AS	1	en-AS
AS	2	sm
AS	3	to
AT	1	de-AT
AT	2	hr
AT	3	hu
AT	4	sl
AU	1	en-AU
AW	1	nl-AW
AW	2	pap
AW	3	es
AW	4	en
AX	1	sv-AX
AZ	1	az
AZ	2	ru
AZ	3	hy
BA	1	bs
BA	2	hr-BA
BA	3	sr-BA
BB	1	en-BB
BD	1	bn-BD
BD	2	en
BE	1	nl-BE
BE	2	fr-BE
BE	3	de-BE
BF	1	fr-BF
BF	2	mos
BG	1	bg
BG	2	tr-BG
BG	3	rom
BH	1	ar-BH
BH	2	en
BH	3	fa
BH	4	ur
BI	1	fr-BI
BI	2	rn
BJ	1	fr-BJ
BL	1	fr
BM	1	en-BM
BM	2	pt
BN	1	ms-BN
BN	2	en-BN
BO	1	es-BO
BO	2	qu
BO	3	ay
BQ	1	nl
BQ	2	pap
BQ	3	en
BR	1	pt-BR
BR	2	es
BR	3	en
BR	4	fr
BS	1	en-BS
BT	1	dz
BW	1	en-BW
BW	2	tn-BW
BY	1	be
BY	2	ru
BZ	1	en-BZ
BZ	2	es
CA	1	en-CA
CA	2	fr-CA
CA	3	iu
CC	1	ms-CC
CC	2	en
CD	1	fr-CD
CD	2	ln
CD	3	ktu
CD	4	kg
CD	5	sw
CD	6	lua
CF	1	fr-CF
CF	2	sg
CF	3	ln
CF	4	kg
CG	1	fr-CG
CG	2	kg
CG	3	ln-CG
CH	1	de-CH
CH	2	fr-CH
CH	3	it-CH
CH	4	rm
CI	1	fr-CI
CK	1	en-CK
CK	2	mi
CL	1	es-CL
CM	1	en-CM
CM	2	fr-CM
CN	1	zh-CN
CN	2	yue
CN	3	wuu
CN	4	dta
CN	5	ug
CN	6	za
CO	1	es-CO
CR	1	es-CR
CR	2	en
CU	1	es-CU
CU	2	pap
CV	1	pt-CV
CW	1	nl
CW	2	pap
CX	1	en
CX	2	zh
CX	3	ms-CX
CY	1	el-CY
CY	2	tr-CY
CY	3	en
CZ	1	cs
CZ	2	sk
DE	1	de
DJ	1	fr-DJ
DJ	2	ar
DJ	3	so-DJ
DJ	4	aa
DK	1	da-DK
DK	2	en
DK	3	fo
DK	4	de-DK
DM	1	en-DM
DO	1	es-DO
DZ	1	ar-DZ
EC	1	es-EC
EE	1	et
EE	2	ru
EG	1	ar-EG
EG	2	en
EG	3	fr
EH	1	ar
EH	2	mey
ER	1	aa-ER
ER	2	ar
ER	3	tig
ER	4	kun
ER	5	ti-ER
ES	1	es-ES
ES	2	ca
ES	3	gl
ES	4	eu
ES	5	oc
ET	1	am
ET	2	en-ET
ET	3	om-ET
ET	4	ti-ET
ET	5	so-ET
ET	6	sid
FI	1	fi-FI
FI	2	sv-FI
FI	3	smn
FJ	1	en-FJ
FJ	2	fj
FK	1	en-FK
FM	1	en-FM
FM	2	chk
FM	3	pon
FM	4	yap
FM	5	kos
FM	6	uli
FM	7	woe
FM	8	nkr
FM	9	kpg
FO	1	fo
FO	2	da-FO
FR	1	fr-FR
FR	2	frp
FR	3	br
FR	4	co
FR	5	ca
FR	6	eu
FR	7	oc
GA	1	fr-GA
GB	1	en-GB
GB	2	cy-GB
GB	3	gd
GD	1	en-GD
GE	1	ka
GE	2	ru
GE	3	hy
GE	4	az
GF	1	fr-GF
GG	1	en
GG	2	nrf
GH	1	en-GH
GH	2	ak
GH	3	ee
GH	4	tw
GI	1	en-GI
GI	2	es
GI	3	it
GI	4	pt
GL	1	kl
GL	2	da-GL
GL	3	en
GM	1	en-GM
GM	2	mnk
GM	3	wof
GM	4	wo
GM	5	ff
GN	1	fr-GN
GP	1	fr-GP
GQ	1	es-GQ
GQ	2	fr
GQ	3	pt
GR	1	el-GR
GR	2	en
GR	3	fr
GS	1	en
GT	1	es-GT
GU	1	en-GU
GU	2	ch-GU
GW	1	pt-GW
GW	2	pov
GY	1	en-GY
HK	1	zh-HK
HK	2	yue
HK	3	zh
HK	4	en
HN	1	es-HN
HN	2	cab
HN	3	miq
HR	1	hr-HR
HR	2	sr
HT	1	ht
HT	2	fr-HT
HU	1	hu-HU
ID	1	id
ID	2	en
ID	3	nl
ID	4	jv
IE	1	en-IE
IE	2	ga-IE
IL	1	he
IL	2	ar-IL
IL	3	en-IL
IM	1	en
IM	2	gv
IN	1	en-IN
IN	2	hi
IN	3	bn
IN	4	te
IN	5	mr
IN	6	ta
IN	7	ur
IN	8	gu
IN	9	kn
IN	10	ml
IN	11	or
IN	12	pa
IN	13	as
IN	14	bh
IN	15	sat
IN	16	ks
IN	17	ne
IN	18	sd
IN	19	kok
IN	20	doi
IN	21	mni
IN	22	sit
IN	23	sa
IN	24	fr
IN	25	lus
IN	26	inc
IO	1	en-IO
IQ	1	ar-IQ
IQ	2	ku
IQ	3	hy
IR	1	fa-IR
IR	2	ku
IS	1	is
IS	2	en
IS	3	de
IS	4	da
IS	5	sv
IS	6	no
IT	1	it-IT
IT	2	de-IT
IT	3	fr-IT
IT	4	sc
IT	5	ca
IT	6	co
IT	7	sl
JE	1	en
JE	2	fr
JE	3	nrf
JM	1	en-JM
JO	1	ar-JO
JO	2	en
JP	1	ja
KE	1	en-KE
KE	2	sw-KE
KG	1	ky
KG	2	uz
KG	3	ru
KH	1	km
KH	2	fr
KH	3	en
KI	1	en-KI
KI	2	gil
KM	1	ar
KM	2	fr-KM
KN	1	en-KN
KP	1	ko-KP
KR	1	ko-KR
KR	2	en
XK	1	sq
XK	2	sr
KW	1	ar-KW
KW	2	en
KY	1	en-KY
KZ	1	kk
KZ	2	ru
LA	1	lo
LA	2	fr
LA	3	en
LB	1	ar-LB
LB	2	fr-LB
LB	3	en
LB	4	hy
LC	1	en-LC
LI	1	de-LI
LK	1	si
LK	2	ta
LK	3	en
LR	1	en-LR
LS	1	en-LS
LS	2	st
LS	3	zu
LS	4	xh
LT	1	lt
LT	2	ru
LT	3	pl
LU	1	lb
LU	2	de-LU
LU	3	fr-LU
LV	1	lv
LV	2	ru
LV	3	lt
LY	1	ar-LY
LY	2	it
LY	3	en
MA	1	ar-MA
MA	2	ber
MA	3	fr
MC	1	fr-MC
MC	2	en
MC	3	it
MD	1	ro
MD	2	ru
MD	3	gag
MD	4	tr
ME	1	sr
ME	2	hu
ME	3	bs
ME	4	sq
ME	5	hr
ME	6	rom
MF	1	fr
MG	1	fr-MG
MG	2	mg
MH	1	mh
MH	2	en-MH
MK	1	mk
MK	2	sq
MK	3	tr
MK	4	rmm
MK	5	sr
ML	1	fr-ML
ML	2	bm
MM	1	my
MN	1	mn
MN	2	ru
MO	1	zh
MO	2	zh-MO
MO	3	pt
MP	1	fil
MP	2	tl
MP	3	zh
MP	4	ch-MP
MP	5	en-MP
MQ	1	fr-MQ
MR	1	ar-MR
MR	2	fuc
MR	3	snk
MR	4	fr
MR	5	mey
MR	6	wo
MS	1	en-MS
MT	1	mt
MT	2	en-MT
MU	1	en-MU
MU	2	bho
MU	3	fr
MV	1	dv
MV	2	en
MW	1	ny
MW	2	yao
MW	3	tum
MW	4	swk
MX	1	es-MX
MY	1	ms-MY
MY	2	en
MY	3	zh
MY	4	ta
MY	5	te
MY	6	ml
MY	7	pa
MY	8	th
MZ	1	pt-MZ
MZ	2	vmw
NA	1	en-NA
NA	2	af
NA	3	de
NA	4	hz
NA	5	naq
NC	1	fr-NC
NE	1	fr-NE
NE	2	ha
NE	3	kr
NE	4	dje
NF	1	en-NF
NG	1	en-NG
NG	2	ha
NG	3	yo
NG	4	ig
NG	5	ff
NI	1	es-NI
NI	2	en
NL	1	nl-NL
NL	2	fy-NL
NO	1	no
NO	2	nb
NO	3	nn
NO	4	se
NO	5	fi
NP	1	ne
NP	2	en
NR	1	na
NR	2	en-NR
NU	1	niu
NU	2	en-NU
NZ	1	en-NZ
NZ	2	mi
OM	1	ar-OM
OM	2	en
OM	3	bal
OM	4	ur
PA	1	es-PA
PA	2	en
PE	1	es-PE
PE	2	qu
PE	3	ay
PF	1	fr-PF
PF	2	ty
PG	1	en-PG
PG	2	ho
PG	3	meu
PG	4	tpi
PH	1	tl
PH	2	en-PH
PH	3	fil
PH	4	ceb
PH	5	ilo
PH	6	hil
PH	7	war
PH	8	pam
PH	9	bik
PH	10	bcl
PH	11	pag
PH	12	mrw
PH	13	tsg
PH	14	mdh
PH	15	cbk
PH	16	krj
PH	17	sgd
PH	18	msb
PH	19	akl
PH	20	ibg
PH	21	yka
PH	22	mta
PH	23	abx
PK	1	ur-PK
PK	2	en-PK
PK	3	pa
PK	4	sd
PK	5	ps
PK	6	brh
PL	1	pl
PM	1	fr-PM
PN	1	en-PN
PR	1	en-PR
PR	2	es-PR
PS	1	ar-PS
PT	1	pt-PT
PT	2	mwl
PW	1	pau
PW	2	sov
PW	3	en-PW
PW	4	tox
PW	5	ja
PW	6	fil
PW	7	zh
PY	1	es-PY
PY	2	gn
QA	1	ar-QA
QA	2	es
RE	1	fr-RE
RO	1	ro
RO	2	hu
RO	3	rom
RS	1	sr
RS	2	hu
RS	3	bs
RS	4	rom
RU	1	ru
RU	2	tt
RU	3	xal
RU	4	cau
RU	5	ady
RU	6	kv
RU	7	ce
RU	8	tyv
RU	9	cv
RU	10	udm
RU	11	tut
RU	12	mns
RU	13	bua
RU	14	myv
RU	15	mdf
RU	16	chm
RU	17	ba
RU	18	inh
RU	19	kbd
RU	20	krc
RU	21	av
RU	22	sah
RU	23	nog
RW	1	rw
RW	2	en-RW
RW	3	fr-RW
RW	4	sw
SA	1	ar-SA
SB	1	en-SB
SB	2	tpi
SC	1	en-SC
SC	2	fr-SC
SD	1	ar-SD
SD	2	en
SD	3	fia
SS	1	en
SE	1	sv-SE
SE	2	se
SE	3	sma
SE	4	fi-SE
SG	1	cmn
SG	2	en-SG
SG	3	ms-SG
SG	4	ta-SG
SG	5	zh-SG
SH	1	en-SH
SI	1	sl
SI	2	sh
SJ	1	no
SJ	2	ru
SK	1	sk
SK	2	hu
SL	1	en-SL
SL	2	men
SL	3	tem
SM	1	it-SM
SN	1	fr-SN
SN	2	wo
SN	3	fuc
SN	4	mnk
SO	1	so-SO
SO	2	ar-SO
SO	3	it
SO	4	en-SO
SR	1	nl-SR
SR	2	en
SR	3	srn
SR	4	hns
SR	5	jv
ST	1	pt-ST
SV	1	es-SV
SX	1	nl
SX	2	en
SY	1	ar-SY
SY	2	ku
SY	3	hy
SY	4	arc
SY	5	fr
SY	6	en
SZ	1	en-SZ
SZ	2	ss-SZ
TC	1	en-TC
TD	1	fr-TD
TD	2	ar-TD
TD	3	sre
TF	1	fr
TG	1	fr-TG
TG	2	ee
TG	3	hna
TG	4	kbp
TG	5	dag
TG	6	ha
TH	1	th
TH	2	en
TJ	1	tg
TJ	2	ru
TK	1	tkl
TK	2	en-TK
TL	1	tet
TL	2	pt-TL
TL	3	id
TL	4	en
TM	1	tk
TM	2	ru
TM	3	uz
TN	1	ar-TN
TN	2	fr
TO	1	to
TO	2	en-TO
TR	1	tr-TR
TR	2	ku
TR	3	diq
TR	4	az
TR	5	av
TT	1	en-TT
TT	2	hns
TT	3	fr
TT	4	es
TT	5	zh
TV	1	tvl
TV	2	en
TV	3	sm
TV	4	gil
TW	1	zh-TW
TW	2	zh
TW	3	nan
TW	4	hak
TZ	1	sw-TZ
TZ	2	en
TZ	3	ar
UA	1	uk
UA	2	ru-UA
UA	3	rom
UA	4	pl
UA	5	hu
UG	1	en-UG
UG	2	lg
UG	3	sw
UG	4	ar
UM	1	en-UM
US	1	en-US
US	2	es-US
US	3	haw
US	4	fr
UY	1	es-UY
UZ	1	uz
UZ	2	ru
UZ	3	tg
VA	1	la
VA	2	it
VA	3	fr
VC	1	en-VC
VC	2	fr
VE	1	es-VE
VG	1	en-VG
VI	1	en-VI
VN	1	vi
VN	2	en
VN	3	fr
VN	4	zh
VN	5	km
VU	1	bi
VU	2	en-VU
VU	3	fr-VU
WF	1	wls
WF	2	fud
WF	3	fr-WF
WS	1	sm
WS	2	en-WS
YE	1	ar-YE
YT	1	fr-YT
ZA	1	zu
ZA	2	xh
ZA	3	af
ZA	4	nso
ZA	5	en-ZA
ZA	6	tn
ZA	7	st
ZA	8	ts
ZA	9	ss
ZA	10	ve
ZA	11	nr
ZM	1	en-ZM
ZM	2	bem
ZM	3	loz
ZM	4	lun
ZM	5	lue
ZM	6	ny
ZM	7	toi
ZW	1	en-ZW
ZW	2	sn
ZW	3	nr
ZW	4	nd
\.
COPY world.country_neighbours (country_code, neighbour_code) FROM stdin;
AD	ES
AD	FR
AE	SA
AE	OM
AF	TM
AF	CN
AF	IR
AF	TJ
AF	PK
AF	UZ
AL	MK
AL	GR
AL	ME
AL	RS
AL	XK
AM	GE
AM	IR
AM	AZ
AM	TR
AO	CD
AO	NA
AO	ZM
AO	CG
AR	CL
AR	BO
AR	UY
AR	PY
AR	BR
AT	CH
AT	DE
AT	HU
AT	SK
AT	CZ
AT	IT
AT	SI
AT	LI
AZ	GE
AZ	IR
AZ	AM
AZ	TR
AZ	RU
BA	HR
BA	ME
BA	RS
BD	MM
BD	IN
BE	DE
BE	NL
BE	LU
BE	FR
BF	NE
BF	BJ
BF	GH
BF	CI
BF	TG
BF	ML
BG	MK
BG	GR
BG	RO
BG	TR
BG	RS
BI	TZ
BI	CD
BI	RW
BJ	NE
BJ	TG
BJ	BF
BJ	NG
BN	MY
BO	PE
BO	CL
BO	PY
BO	BR
BO	AR
BR	SR
BR	PE
BR	BO
BR	UY
BR	GY
BR	PY
BR	GF
BR	VE
BR	CO
BR	AR
BT	CN
BT	IN
BW	ZW
BW	ZA
BW	NA
BY	PL
BY	LT
BY	UA
BY	RU
BY	LV
BZ	GT
BZ	MX
CA	US
CD	TZ
CD	CF
CD	SS
CD	RW
CD	ZM
CD	BI
CD	UG
CD	CG
CD	AO
CF	TD
CF	SD
CF	CD
CF	SS
CF	CM
CF	CG
CG	CF
CG	GA
CG	CD
CG	CM
CG	AO
CH	DE
CH	IT
CH	LI
CH	FR
CH	AT
CI	LR
CI	GH
CI	GN
CI	BF
CI	ML
CL	PE
CL	BO
CL	AR
CM	TD
CM	CF
CM	GA
CM	GQ
CM	CG
CM	NG
CN	LA
CN	BT
CN	TJ
CN	KZ
CN	MN
CN	AF
CN	NP
CN	MM
CN	KG
CN	PK
CN	KP
CN	RU
CN	VN
CN	IN
CO	EC
CO	PE
CO	PA
CO	BR
CO	VE
CR	PA
CR	NI
CU	US
CZ	PL
CZ	DE
CZ	SK
CZ	AT
DE	CH
DE	PL
DE	NL
DE	DK
DE	BE
DE	CZ
DE	LU
DE	FR
DE	AT
DJ	ER
DJ	ET
DJ	SO
DK	DE
DO	HT
DZ	NE
DZ	EH
DZ	LY
DZ	MR
DZ	TN
DZ	MA
DZ	ML
EC	PE
EC	CO
EE	RU
EE	LV
EG	LY
EG	SD
EG	IL
EG	PS
EH	DZ
EH	MR
EH	MA
ER	ET
ER	SD
ER	DJ
ES	AD
ES	PT
ES	GI
ES	FR
ES	MA
ET	ER
ET	KE
ET	SD
ET	SS
ET	SO
ET	DJ
FI	NO
FI	RU
FI	SE
FR	CH
FR	DE
FR	BE
FR	LU
FR	IT
FR	AD
FR	MC
FR	ES
GA	CM
GA	GQ
GA	CG
GB	IE
GE	AM
GE	AZ
GE	TR
GE	RU
GF	SR
GF	BR
GH	CI
GH	TG
GH	BF
GI	ES
GM	SN
GN	LR
GN	SN
GN	SL
GN	CI
GN	GW
GN	ML
GQ	GA
GQ	CM
GR	AL
GR	MK
GR	TR
GR	BG
GT	MX
GT	HN
GT	BZ
GT	SV
GW	SN
GW	GN
GY	SR
GY	BR
GY	VE
HN	GT
HN	NI
HN	SV
HR	HU
HR	SI
HR	BA
HR	ME
HR	RS
HT	DO
HU	SK
HU	SI
HU	RO
HU	UA
HU	HR
HU	AT
HU	RS
ID	PG
ID	TL
ID	MY
IE	GB
IL	SY
IL	JO
IL	LB
IL	EG
IL	PS
IN	CN
IN	NP
IN	MM
IN	BT
IN	PK
IN	BD
IQ	SY
IQ	SA
IQ	IR
IQ	JO
IQ	TR
IQ	KW
IR	TM
IR	AF
IR	IQ
IR	AM
IR	PK
IR	AZ
IR	TR
IT	CH
IT	VA
IT	SI
IT	SM
IT	FR
IT	AT
JO	SY
JO	SA
JO	IQ
JO	IL
JO	PS
KE	ET
KE	TZ
KE	SS
KE	SO
KE	UG
KG	CN
KG	TJ
KG	UZ
KG	KZ
KH	LA
KH	TH
KH	VN
KP	CN
KP	KR
KP	RU
KR	KP
XK	RS
XK	AL
XK	MK
XK	ME
KW	SA
KW	IQ
KZ	TM
KZ	CN
KZ	KG
KZ	UZ
KZ	RU
LA	CN
LA	MM
LA	KH
LA	TH
LA	VN
LB	SY
LB	IL
LI	CH
LI	AT
LR	SL
LR	CI
LR	GN
LS	ZA
LT	PL
LT	BY
LT	RU
LT	LV
LU	DE
LU	BE
LU	FR
LV	LT
LV	EE
LV	BY
LV	RU
LY	TD
LY	NE
LY	DZ
LY	SD
LY	TN
LY	EG
MA	DZ
MA	EH
MA	ES
MC	FR
MD	RO
MD	UA
ME	AL
ME	HR
ME	BA
ME	RS
ME	XK
MF	SX
MK	AL
MK	GR
MK	BG
MK	RS
MK	XK
ML	SN
ML	NE
ML	DZ
ML	CI
ML	GN
ML	MR
ML	BF
MM	CN
MM	LA
MM	TH
MM	BD
MM	IN
MN	CN
MN	RU
MR	SN
MR	DZ
MR	EH
MR	ML
MW	TZ
MW	MZ
MW	ZM
MX	GT
MX	US
MX	BZ
MY	BN
MY	TH
MY	ID
MZ	ZW
MZ	TZ
MZ	SZ
MZ	ZA
MZ	ZM
MZ	MW
NA	ZA
NA	BW
NA	ZM
NA	AO
NE	TD
NE	BJ
NE	DZ
NE	LY
NE	BF
NE	NG
NE	ML
NG	TD
NG	NE
NG	BJ
NG	CM
NI	CR
NI	HN
NL	DE
NL	BE
NO	FI
NO	RU
NO	SE
NP	CN
NP	IN
OM	SA
OM	YE
OM	AE
PA	CR
PA	CO
PE	EC
PE	CL
PE	BO
PE	BR
PE	CO
PG	ID
PK	CN
PK	AF
PK	IR
PK	IN
PL	DE
PL	LT
PL	SK
PL	CZ
PL	BY
PL	UA
PL	RU
PS	JO
PS	IL
PS	EG
PT	ES
PY	BO
PY	BR
PY	AR
QA	SA
RO	MD
RO	HU
RO	UA
RO	BG
RO	RS
RS	AL
RS	HU
RS	MK
RS	RO
RS	HR
RS	BA
RS	BG
RS	ME
RS	XK
RU	GE
RU	CN
RU	BY
RU	UA
RU	KZ
RU	LV
RU	PL
RU	EE
RU	LT
RU	FI
RU	MN
RU	NO
RU	AZ
RU	KP
RW	TZ
RW	CD
RW	BI
RW	UG
SA	QA
SA	OM
SA	IQ
SA	YE
SA	JO
SA	AE
SA	KW
SD	SS
SD	TD
SD	EG
SD	ET
SD	ER
SD	LY
SD	CF
SS	CD
SS	CF
SS	ET
SS	KE
SS	SD
SS	UG
SE	NO
SE	FI
SI	HU
SI	IT
SI	HR
SI	AT
SK	PL
SK	HU
SK	CZ
SK	UA
SK	AT
SL	LR
SL	GN
SM	IT
SN	GN
SN	MR
SN	GW
SN	GM
SN	ML
SO	ET
SO	KE
SO	DJ
SR	GY
SR	BR
SR	GF
SV	GT
SV	HN
SX	MF
SY	IQ
SY	JO
SY	IL
SY	TR
SY	LB
SZ	ZA
SZ	MZ
TD	NE
TD	LY
TD	CF
TD	SD
TD	CM
TD	NG
TG	BJ
TG	GH
TG	BF
TH	LA
TH	MM
TH	KH
TH	MY
TJ	CN
TJ	AF
TJ	KG
TJ	UZ
TL	ID
TM	AF
TM	IR
TM	UZ
TM	KZ
TN	DZ
TN	LY
TR	SY
TR	GE
TR	IQ
TR	IR
TR	GR
TR	AM
TR	AZ
TR	BG
TZ	MZ
TZ	KE
TZ	CD
TZ	RW
TZ	ZM
TZ	BI
TZ	UG
TZ	MW
UA	PL
UA	MD
UA	HU
UA	SK
UA	BY
UA	RO
UA	RU
UG	TZ
UG	KE
UG	SS
UG	CD
UG	RW
US	CA
US	MX
US	CU
UY	BR
UY	AR
UZ	TM
UZ	AF
UZ	KG
UZ	TJ
UZ	KZ
VA	IT
VE	GY
VE	BR
VE	CO
VN	CN
VN	LA
VN	KH
YE	SA
YE	OM
ZA	ZW
ZA	SZ
ZA	MZ
ZA	BW
ZA	NA
ZA	LS
ZM	ZW
ZM	TZ
ZM	MZ
ZM	CD
ZM	NA
ZM	MW
ZM	AO
ZW	ZA
ZW	MZ
ZW	BW
ZW	ZM
\.
COPY world.us_states (code, name, fips, geoname_id) FROM stdin;
AK	Alaska	02	5879092
AL	Alabama	01	4829764
AR	Arkansas	05	4099753
AZ	Arizona	04	5551752
CA	California	06	5332921
CO	Colorado	08	5417618
CT	Connecticut	09	4831725
DC	District of Columbia	11	4138106
DE	Delaware	10	4142224
FL	Florida	12	4155751
GA	Georgia	13	4197000
HI	Hawaii	15	5855797
IA	Iowa	19	4862182
ID	Idaho	16	5596512
IL	Illinois	17	4896861
IN	Indiana	18	4921868
KS	Kansas	20	4273857
KY	Kentucky	21	6254925
LA	Louisiana	22	4331987
MA	Massachusetts	25	6254926
MD	Maryland	24	4361885
ME	Maine	23	4971068
MI	Michigan	26	5001836
MN	Minnesota	27	5037779
MO	Missouri	29	4398678
MS	Mississippi	28	4436296
MT	Montana	30	5667009
NC	North Carolina	37	4482348
ND	North Dakota	38	5690763
NE	Nebraska	31	5073708
NH	New Hampshire	33	5090174
NJ	New Jersey	34	5101760
NM	New Mexico	35	5481136
NV	Nevada	32	5509151
NY	New York	36	5128638
OH	Ohio	39	5165418
OK	Oklahoma	40	4544379
OR	Oregon	41	5744337
PA	Pennsylvania	42	6254927
RI	Rhode Island	44	5224323
SC	South Carolina	45	4597040
SD	South Dakota	46	5769223
TN	Tennessee	47	4662168
TX	Texas	48	4736286
UT	Utah	49	5549030
VA	Virginia	51	6254928
VT	Vermont	50	5242283
WA	Washington	53	5815135
WI	Wisconsin	55	5279468
WV	West Virginia	54	4826850
WY	Wyoming	56	5843591
\.
COPY world.cities (id, name, country_code, us_state_code, admin1_code, is_capital, population, latitude, longitude, timezone) FROM stdin;
3041563	Andorra la Vella	AD	\N	07	true	20430	42.50779	1.52109	Europe/Andorra
291074	Ras Al Khaimah	AE	\N	05	false	351943	25.78953	55.9432	Asia/Dubai
292223	Dubai	AE	\N	03	false	3790000	25.07725	55.30927	Asia/Dubai
292261	Dayrah	AE	\N	03	false	400000	25.27143	55.30207	Asia/Dubai
292672	Sharjah	AE	\N	06	false	1800000	25.3342	55.41221	Asia/Dubai
292913	Al Ain City	AE	\N	01	false	846747	24.19167	55.76056	Asia/Dubai
292932	Ajman	AE	\N	02	false	490035	25.40177	55.47878	Asia/Dubai
292968	Abu Dhabi	AE	\N	01	true	1807000	24.45118	54.39696	Asia/Dubai
1133616	Mazār-e Sharīf	AF	\N	30	false	523300	36.70904	67.11087	Asia/Kabul
1138336	Kandahār	AF	\N	23	false	523300	31.61332	65.71013	Asia/Kabul
1138958	Kabul	AF	\N	13	true	4434550	34.52813	69.17233	Asia/Kabul
1140026	Herāt	AF	\N	11	false	574300	34.34817	62.19967	Asia/Kabul
3576022	Saint John’s	AG	\N	04	true	51737	17.12096	-61.84329	America/Antigua
3573374	The Valley	AI	\N	11205396	true	2035	18.21704	-63.05783	America/Anguilla
3183875	Tirana	AL	\N	50	true	418495	41.32744	19.81866	Europe/Tirane
616052	Yerevan	AM	\N	11	true	1144700	40.17765	44.5126	Asia/Yerevan
145531	Saurimo	AO	\N	18	false	393000	-9.66078	20.39155	Africa/Luanda
2236500	Viana	AO	\N	20	false	865863	-8.90553	13.37499	Africa/Luanda
2236568	Uíge	AO	\N	15	false	322531	-7.60874	15.06131	Africa/Luanda
2239862	Malanje	AO	\N	12	false	455000	-9.54015	16.34096	Africa/Luanda
2239888	Maianga	AO	\N	20	false	727681	-8.84693	13.23698	Africa/Luanda
2240449	Luanda	AO	\N	20	true	2776168	-8.83682	13.23432	Africa/Luanda
2242906	Calumbo	AO	\N	19	false	652270	-9.14692	13.41936	Africa/Luanda
2243271	Cabinda	AO	\N	03	false	550000	-5.56198	12.19476	Africa/Luanda
2591949	Cazenga	AO	\N	20	false	394170	-8.83796	13.28399	Africa/Luanda
2591953	Golfe	AO	\N	20	false	655796	-8.86639	13.26173	Africa/Luanda
2591957	Camama	AO	\N	20	false	667094	-8.93611	13.26518	Africa/Luanda
2591976	Talatona	AO	\N	20	false	500000	-8.91783	13.18562	Africa/Luanda
3347762	Lubango	AO	\N	09	false	600751	-14.91717	13.4925	Africa/Luanda
3347939	Lobito	AO	\N	01	false	393079	-12.3644	13.53601	Africa/Luanda
3348078	Cuíto	AO	\N	02	false	355423	-12.38333	16.93333	Africa/Luanda
3348313	Huambo	AO	\N	08	false	595304	-12.77611	15.73917	Africa/Luanda
3351663	Benguela	AO	\N	01	false	555124	-12.57674	13.40268	Africa/Luanda
7758790	Kikolo	AO	\N	20	false	728205	-8.7815	13.33384	Africa/Luanda
8307074	Mulenvos	AO	\N	20	false	882014	-8.86695	13.3344	Africa/Luanda
11592397	Nova Vida	AO	\N	20	false	464985	-8.90552	13.22213	Africa/Luanda
13546342	Samba	AO	\N	20	false	364986	-8.88001	13.19617	Africa/Luanda
13608165	Kima Kieza	AO	\N	20	false	428855	-8.83411	13.29517	Africa/Luanda
13631350	Ramiros	AO	\N	20	false	323576	-9.06259	13.0456	Africa/Luanda
13631351	Hoji ya Henda	AO	\N	20	false	642050	-8.80523	13.2897	Africa/Luanda
3429886	Posadas	AR	\N	14	false	305874	-27.39184	-55.92379	America/Argentina/Cordoba
3430863	Mar del Plata	AR	\N	01	false	593337	-38.00042	-57.5562	America/Argentina/Buenos_Aires
3435217	Corrientes	AR	\N	06	false	346334	-27.46784	-58.8344	America/Argentina/Cordoba
3435910	Buenos Aires	AR	\N	07	true	2891082	-34.61315	-58.37723	America/Argentina/Buenos_Aires
3836277	Santa Fe	AR	\N	21	false	391164	-31.64881	-60.70868	America/Argentina/Cordoba
3836873	San Miguel de Tucumán	AR	\N	24	false	548866	-26.81601	-65.21051	America/Argentina/Tucuman
3838233	Salta	AR	\N	17	false	520683	-24.80645	-65.41999	America/Argentina/Salta
3838583	Rosario	AR	\N	21	false	948312	-32.94682	-60.63932	America/Argentina/Cordoba
3860259	Córdoba	AR	\N	05	false	2106734	-31.40648	-64.18853	America/Argentina/Cordoba
7535637	Avellaneda	AR	\N	01	false	367554	-34.66018	-58.36744	America/Argentina/Buenos_Aires
5881576	Pago Pago	AS	\N	010	true	11500	-14.27806	-170.7025	Pacific/Pago_Pago
2761369	Vienna	AT	\N	09	true	1691468	48.20849	16.37208	Europe/Vienna
2778067	Graz	AT	\N	06	false	303270	47.06733	15.44197	Europe/Vienna
2063523	Perth	AU	\N	08	false	2384371	-31.95224	115.8614	Australia/Perth
2078025	Adelaide	AU	\N	05	false	1469163	-34.92866	138.59863	Australia/Adelaide
2147714	Sydney	AU	\N	02	false	5638830	-33.86785	151.20732	Australia/Sydney
2155472	Newcastle	AU	\N	02	false	508437	-32.92953	151.7801	Australia/Sydney
2158177	Melbourne	AU	\N	07	false	5435590	-37.814	144.96332	Australia/Melbourne
2165087	Gold Coast	AU	\N	04	false	640778	-28.00029	153.43088	Australia/Brisbane
2172517	Canberra	AU	\N	01	true	367752	-35.28346	149.12807	Australia/Sydney
2174003	Brisbane	AU	\N	04	false	2780063	-27.46794	153.02809	Australia/Brisbane
7281838	Logan City	AU	\N	04	false	345098	-27.63917	153.10944	Australia/Brisbane
8310663	Central Coast	AU	\N	02	false	346596	-33.42979	151.37144	Australia/Sydney
10630449	Sunshine Coast	AU	\N	04	false	398840	-26.65682	153.07955	Australia/Brisbane
3577154	Oranjestad	AW	\N	00	true	29998	12.52398	-70.02703	America/Aruba
3041732	Mariehamn	AX	\N	211	true	10682	60.09726	19.93481	Europe/Mariehamn
584923	Sumgayit	AZ	\N	54	false	427000	40.58972	49.66861	Asia/Baku
586523	Ganja	AZ	\N	20	false	330663	40.68157	46.36134	Asia/Baku
587084	Baku	AZ	\N	09	true	2351300	40.37767	49.89201	Asia/Baku
3191281	Sarajevo	BA	\N	01	true	696731	43.84864	18.35644	Europe/Sarajevo
3374036	Bridgetown	BB	\N	08	true	98511	13.10732	-59.62021	America/Barbados
1185098	Tungi	BD	\N	81	false	337579	23.89154	90.40232	Asia/Dhaka
1185107	Shibganj	BD	\N	83	false	378701	25.00146	89.32266	Asia/Dhaka
1185128	Rajshahi	BD	\N	83	false	763580	24.374	88.60114	Asia/Dhaka
1185186	Comilla	BD	\N	84	false	634654	23.46186	91.18503	Asia/Dhaka
1185188	Rangpur	BD	\N	87	false	1031388	25.74664	89.25166	Asia/Dhaka
1185241	Dhaka	BD	\N	81	true	10356500	23.7104	90.40744	Asia/Dhaka
1185270	Bāndarban	BD	\N	84	false	495272	22.19534	92.21946	Asia/Dhaka
1194041	Mohammadpur	BD	\N	83	false	527571	24.89843	88.52844	Asia/Dhaka
1199503	Kafrul	BD	\N	81	false	339734	23.78822	90.37359	Asia/Dhaka
1200109	Gazipur	BD	\N	81	false	2674697	23.99844	90.42234	Asia/Dhaka
1205733	Chattogram	BD	\N	84	false	3920222	22.3384	91.83168	Asia/Dhaka
1209106	Bhatara	BD	\N	81	false	324300	23.8	90.45	Asia/Dhaka
1336135	Khulna	BD	\N	82	false	1500689	22.80979	89.56439	Asia/Dhaka
1462674	Hāthazāri	BD	\N	84	false	498179	22.50515	91.81339	Asia/Dhaka
7483813	Natore	BD	\N	83	false	369138	24.41112	88.98673	Asia/Dhaka
7696679	Pallabi	BD	\N	81	false	597574	23.825	90.37	Asia/Dhaka
11395976	Mirpur Model Thana	BD	\N	81	false	546503	23.80931	90.36093	Asia/Dhaka
2800866	Brussels	BE	\N	BRU	true	1019022	50.85045	4.34878	Europe/Brussels
2803138	Antwerp	BE	\N	VLG	false	529247	51.22047	4.40026	Europe/Brussels
2357048	Ouagadougou	BF	\N	03	true	2415266	12.36566	-1.53388	Africa/Ouagadougou
2362344	Bobo-Dioulasso	BF	\N	09	false	904920	11.18064	-4.29489	Africa/Ouagadougou
726050	Varna	BG	\N	61	false	318737	43.21912	27.91024	Europe/Sofia
727011	Sofia	BG	\N	42	true	1152556	42.69751	23.32415	Europe/Sofia
728193	Plovdiv	BG	\N	51	false	329489	42.15387	24.75001	Europe/Sofia
290340	Manama	BH	\N	16	true	147074	26.22787	50.58565	Asia/Bahrain
425378	Bujumbura	BI	\N	24	false	769317	-3.38193	29.36142	Africa/Bujumbura
426272	Gitega	BI	\N	13	true	64904	-3.42708	29.92463	Africa/Bujumbura
2392087	Porto-Novo	BJ	\N	16	true	264320	6.49646	2.60359	Africa/Porto-Novo
2394819	Cotonou	BJ	\N	14	false	679012	6.36536	2.41833	Africa/Porto-Novo
2395914	Abomey-Calavi	BJ	\N	09	false	385755	6.44852	2.35566	Africa/Porto-Novo
3579132	Gustavia	BL	\N	00	true	5988	17.89618	-62.84978	America/St_Barthelemy
3573197	Hamilton	BM	\N	03	true	902	32.2949	-64.78303	Atlantic/Bermuda
1820906	Bandar Seri Begawan	BN	\N	02	true	64409	4.89035	114.94006	Asia/Brunei
3903987	Sucre	BO	\N	01	true	224838	-19.03332	-65.26274	America/La_Paz
3904906	Santa Cruz de la Sierra	BO	\N	08	false	1831434	-17.78629	-63.18117	America/La_Paz
3911925	La Paz	BO	\N	04	false	2004652	-16.5	-68.15	America/La_Paz
3919968	Cochabamba	BO	\N	02	false	841276	-17.38195	-66.15995	America/La_Paz
3386496	Teresina	BR	\N	20	false	871126	-5.08917	-42.80194	America/Fortaleza
3388368	São Luís	BR	\N	13	false	917237	-2.52972	-44.30278	America/Fortaleza
3390760	Recife	BR	\N	30	false	1653461	-8.05389	-34.88111	America/Recife
3392242	Petrolina	BR	\N	30	false	386791	-9.39861	-40.50083	America/Recife
3392740	Paulista	BR	\N	30	false	342167	-7.94083	-34.87306	America/Recife
3393536	Olinda	BR	\N	30	false	366754	-8.00889	-34.85528	America/Recife
3394023	Natal	BR	\N	22	false	896708	-5.795	-35.20944	America/Fortaleza
3395981	Maceió	BR	\N	02	false	1031597	-9.66583	-35.73528	America/Maceio
3396016	Macapá	BR	\N	03	false	512902	0.03889	-51.06639	America/Belem
3397277	João Pessoa	BR	\N	17	false	817511	-7.115	-34.86306	America/Fortaleza
3399415	Fortaleza	BR	\N	06	false	2400000	-3.71722	-38.54306	America/Fortaleza
3402429	Caucaia	BR	\N	06	false	355679	-3.73611	-38.65306	America/Fortaleza
3402655	Caruaru	BR	\N	30	false	402290	-8.28333	-35.97611	America/Recife
3403642	Campina Grande	BR	\N	17	false	348936	-7.23056	-35.88111	America/Fortaleza
3405870	Belém	BR	\N	16	false	1499641	-1.45583	-48.50444	America/Belem
3407669	Ananindeua	BR	\N	16	false	433956	-1.36556	-48.37222	America/Belem
3444924	Vitória	BR	\N	08	false	312656	-20.31944	-40.33778	America/Sao_Paulo
3445026	Vila Velha	BR	\N	08	false	394930	-20.32972	-40.2925	America/Sao_Paulo
3445451	Várzea Grande	BR	\N	14	false	314627	-15.64667	-56.1325	America/Cuiaba
3445831	Uberlândia	BR	\N	15	false	563536	-18.91861	-48.27722	America/Sao_Paulo
3445839	Uberaba	BR	\N	15	false	337836	-19.74833	-47.93194	America/Sao_Paulo
3446682	Taubaté	BR	\N	27	false	322397	-23.02639	-45.55528	America/Sao_Paulo
3447212	Suzano	BR	\N	27	false	307429	-23.5425	-46.31083	America/Sao_Paulo
3447399	Sorocaba	BR	\N	27	false	762172	-23.50167	-47.45806	America/Sao_Paulo
3447779	Serra	BR	\N	08	false	520653	-20.12861	-40.30778	America/Sao_Paulo
3448136	São Vicente	BR	\N	27	false	329911	-23.96306	-46.39194	America/Sao_Paulo
3448439	São Paulo	BR	\N	27	false	12400232	-23.5475	-46.63611	America/Sao_Paulo
3448632	São José dos Pinhais	BR	\N	18	false	329628	-25.5302	-49.20836	America/Sao_Paulo
3448636	São José dos Campos	BR	\N	27	false	727078	-23.17944	-45.88694	America/Sao_Paulo
3448639	São José do Rio Preto	BR	\N	27	false	480393	-20.81972	-49.37944	America/Sao_Paulo
3448877	São João de Meriti	BR	\N	21	false	466536	-22.80389	-43.37222	America/Sao_Paulo
3449344	São Bernardo do Campo	BR	\N	27	false	743372	-23.69389	-46.565	America/Sao_Paulo
3449433	Santos	BR	\N	27	false	418608	-23.96083	-46.33361	America/Sao_Paulo
3449701	Santo André	BR	\N	27	false	662373	-23.66389	-46.53833	America/Sao_Paulo
3450554	Salvador	BR	\N	05	false	2711840	-12.97563	-38.49096	America/Bahia
3451190	Rio de Janeiro	BR	\N	21	false	6747815	-22.90642	-43.18223	America/Sao_Paulo
3451328	Ribeirão Preto	BR	\N	27	false	698642	-21.1775	-47.81028	America/Sao_Paulo
3451353	Ribeirão das Neves	BR	\N	15	false	329794	-19.76694	-44.08667	America/Sao_Paulo
3452465	Praia Grande	BR	\N	27	false	349935	-24.00583	-46.40278	America/Sao_Paulo
3452925	Porto Alegre	BR	\N	23	false	1488252	-30.03283	-51.23019	America/Sao_Paulo
3453643	Piracicaba	BR	\N	27	false	407252	-22.72528	-47.64917	America/Sao_Paulo
3454244	Pelotas	BR	\N	23	false	320674	-31.76997	-52.34101	America/Sao_Paulo
3455775	Osasco	BR	\N	27	false	728615	-23.5325	-46.79167	America/Sao_Paulo
3456160	Nova Iguaçu	BR	\N	21	false	843046	-22.75917	-43.45111	America/Sao_Paulo
3456283	Niterói	BR	\N	21	false	456456	-22.88333	-43.10361	America/Sao_Paulo
3456814	Montes Claros	BR	\N	15	false	414240	-16.735	-43.86167	America/Sao_Paulo
3457001	Mogi das Cruzes	BR	\N	27	false	325746	-23.52278	-46.18833	America/Sao_Paulo
3457381	Mauá	BR	\N	27	false	418261	-23.66778	-46.46139	America/Sao_Paulo
3457671	Maringá	BR	\N	18	false	409657	-23.42528	-51.93861	America/Sao_Paulo
3458449	Londrina	BR	\N	18	false	581382	-23.31028	-51.16278	America/Sao_Paulo
3459462	Jundiaí	BR	\N	27	false	443221	-23.18639	-46.88417	America/Sao_Paulo
3459505	Juiz de Fora	BR	\N	15	false	540756	-21.76417	-43.35028	America/Sao_Paulo
3459712	Joinville	BR	\N	26	false	461304	-26.30444	-48.84556	America/Sao_Paulo
3460644	Itaquaquecetuba	BR	\N	27	false	369275	-23.48611	-46.34833	America/Sao_Paulo
3461786	Guarulhos	BR	\N	27	false	1169577	-23.46278	-46.53333	America/Sao_Paulo
3461789	Guarujá	BR	\N	27	false	322750	-23.99306	-46.25639	America/Sao_Paulo
3462377	Goiânia	BR	\N	29	false	1536097	-16.67861	-49.25389	America/Sao_Paulo
3463011	Franca	BR	\N	27	false	358539	-20.53861	-47.40083	America/Sao_Paulo
3463237	Florianópolis	BR	\N	26	false	508826	-27.59667	-48.54917	America/Sao_Paulo
3463478	Feira de Santana	BR	\N	05	false	619609	-12.26667	-38.96667	America/Bahia
3464374	Duque de Caxias	BR	\N	21	false	818329	-22.78556	-43.31167	America/Sao_Paulo
3464739	Diadema	BR	\N	27	false	393237	-23.68611	-46.62278	America/Sao_Paulo
3464975	Curitiba	BR	\N	18	false	1948626	-25.42778	-49.27306	America/Sao_Paulo
3465038	Cuiabá	BR	\N	14	false	618124	-15.59611	-56.09667	America/Cuiaba
3465624	Contagem	BR	\N	15	false	627123	-19.93167	-44.05361	America/Sao_Paulo
3466537	Caxias do Sul	BR	\N	23	false	381270	-29.16806	-51.17944	America/Sao_Paulo
3466954	Cariacica	BR	\N	08	false	353491	-20.26389	-40.42	America/Sao_Paulo
3466998	Carapicuíba	BR	\N	27	false	386984	-23.52272	-46.835	America/Sao_Paulo
3467467	Canoas	BR	\N	23	false	328291	-29.91778	-51.18361	America/Sao_Paulo
3467693	Campos dos Goytacazes	BR	\N	21	false	483540	-21.75227	-41.33044	America/Sao_Paulo
3467747	Campo Grande	BR	\N	11	false	906092	-20.44278	-54.64639	America/Campo_Grande
3467865	Campinas	BR	\N	27	false	1031554	-22.90556	-47.06083	America/Sao_Paulo
3469058	Brasília	BR	\N	07	true	2207718	-15.77972	-47.92972	America/Sao_Paulo
3469968	Blumenau	BR	\N	26	false	361261	-26.91944	-49.06611	America/Sao_Paulo
3470044	Betim	BR	\N	15	false	384000	-19.96778	-44.19833	America/Sao_Paulo
3470127	Belo Horizonte	BR	\N	15	false	2721564	-19.92083	-43.93778	America/Sao_Paulo
3470142	Belford Roxo	BR	\N	21	false	466096	-22.76417	-43.39944	America/Sao_Paulo
3470279	Bauru	BR	\N	27	false	379297	-22.31472	-49.06056	America/Sao_Paulo
3470353	Barueri	BR	\N	27	false	316473	-23.51056	-46.87611	America/Sao_Paulo
3471872	Aracaju	BR	\N	28	false	664908	-10.91111	-37.07167	America/Maceio
3472287	Anápolis	BR	\N	29	false	319587	-16.32667	-48.95278	America/Sao_Paulo
3474574	Palmas	BR	\N	31	false	306296	-10.16745	-48.32766	America/Araguaina
3662574	Rio Branco	BR	\N	01	false	419452	-9.97472	-67.81	America/Rio_Branco
3662762	Porto Velho	BR	\N	24	false	548952	-8.76194	-63.90389	America/Porto_Velho
3663517	Manaus	BR	\N	04	false	2219580	-3.10194	-60.025	America/Manaus
3664980	Boa Vista	BR	\N	25	false	419652	2.81972	-60.67333	America/Boa_Vista
6316406	Aparecida de Goiânia	BR	\N	29	false	510770	-16.82333	-49.24389	America/Sao_Paulo
6317344	Jaboatão dos Guararapes	BR	\N	30	false	644037	-8.11278	-35.01472	America/Recife
11962371	Grajaú	BR	\N	27	false	384873	-23.76979	-46.67112	America/Sao_Paulo
11962408	Jardim Angela	BR	\N	27	false	311432	-23.71636	-46.76872	America/Sao_Paulo
3571824	Nassau	BS	\N	23	true	227940	25.05823	-77.34306	America/Nassau
1252416	Thimphu	BT	\N	20	true	98676	27.46609	89.64191	Asia/Thimphu
933773	Gaborone	BW	\N	14	true	246325	-24.65451	25.90859	Africa/Gaborone
620127	Vitebsk	BY	\N	07	false	358927	55.1904	30.2049	Europe/Minsk
625144	Minsk	BY	\N	04	true	1742124	53.90019	27.56653	Europe/Minsk
625665	Mahilyow	BY	\N	06	false	352896	53.90876	30.34044	Europe/Minsk
627904	Hrodna	BY	\N	03	false	363718	53.6758	23.82887	Europe/Minsk
627907	Homyel'	BY	\N	02	false	501193	52.4345	30.9754	Europe/Minsk
629634	Brest	BY	\N	01	false	347138	52.10894	23.71749	Europe/Minsk
3582672	Belmopan	BZ	\N	02	true	13381	17.25376	-88.76401	America/Belize
5907364	Brampton	CA	\N	08	false	656480	43.68341	-79.76633	America/Toronto
5913490	Calgary	CA	\N	01	false	1306784	51.05011	-114.08529	America/Edmonton
5946768	Edmonton	CA	\N	01	false	1010899	53.55014	-113.46871	America/Edmonton
5950268	Etobicoke	CA	\N	08	false	365000	43.64415	-79.56985	America/Toronto
5959974	Gatineau	CA	\N	10	false	300045	45.47723	-75.70164	America/Toronto
5969782	Hamilton	CA	\N	08	false	569353	43.25011	-79.84963	America/Toronto
6050610	Laval	CA	\N	10	false	438366	45.56995	-73.692	America/Toronto
6058560	London	CA	\N	08	false	422324	42.98339	-81.23304	America/Toronto
6066513	Markham	CA	\N	08	false	338503	43.86682	-79.2663	America/Toronto
6075357	Mississauga	CA	\N	08	false	717961	43.5789	-79.6583	America/Toronto
6077243	Montréal	CA	\N	10	false	1762949	45.50884	-73.58781	America/Toronto
6094817	Ottawa	CA	\N	08	true	1017449	45.41117	-75.69812	America/Toronto
6159905	Surrey	CA	\N	02	false	568322	49.10635	-122.82509	America/Vancouver
6167865	Toronto	CA	\N	08	false	2794356	43.70643	-79.39864	America/Toronto
6173331	Vancouver	CA	\N	02	false	662248	49.24966	-123.11934	America/Vancouver
6173577	Vaughan	CA	\N	08	false	323103	43.8361	-79.49827	America/Toronto
6183235	Winnipeg	CA	\N	03	false	749607	49.8844	-97.14704	America/Winnipeg
6324729	Halifax	CA	\N	07	false	471559	44.64269	-63.57688	America/Halifax
6325494	Québec	CA	\N	10	false	531902	46.81228	-71.21454	America/Toronto
7304591	West Island	CC	\N	\N	true	120	-12.15681	96.82251	Indian/Cocos
204405	Uvira	CD	\N	12	false	407092	-3.39534	29.13779	Africa/Lubumbashi
204953	Tshikapa	CD	\N	18	false	634529	-6.41621	20.79995	Africa/Lubumbashi
209228	Mbuji-Mayi	CD	\N	04	false	2101332	-6.13603	23.58979	Africa/Lubumbashi
212730	Kisangani	CD	\N	30	false	1181788	0.51528	25.19099	Africa/Lubumbashi
214481	Kananga	CD	\N	23	false	1247168	-5.89624	22.41659	Africa/Lubumbashi
216281	Goma	CD	\N	11	false	432587	-1.67409	29.22845	Africa/Lubumbashi
217695	Bunia	CD	\N	17	false	399282	1.55941	30.25224	Africa/Lubumbashi
217831	Bukavu	CD	\N	12	false	816811	-2.49077	28.84281	Africa/Lubumbashi
922704	Lubumbashi	CD	\N	14	false	2221925	-11.66089	27.47938	Africa/Lubumbashi
922741	Likasi	CD	\N	14	false	635768	-10.98303	26.7384	Africa/Lubumbashi
922773	Kolwezi	CD	\N	22	false	790248	-10.71484	25.46674	Africa/Lubumbashi
2312895	Mbandaka	CD	\N	02	false	455011	0.04865	18.26034	Africa/Kinshasa
2313002	Matadi	CD	\N	08	false	425662	-5.83861	13.46306	Africa/Kinshasa
2314302	Kinshasa	CD	\N	06	true	16000000	-4.32758	15.31357	Africa/Kinshasa
2314705	Kikwit	CD	\N	20	false	509367	-5.04098	18.81619	Africa/Kinshasa
2593460	Masina	CD	\N	06	false	485167	-4.38361	15.39139	Africa/Kinshasa
2388873	Bimbo	CF	\N	17	false	348802	4.25671	18.41583	Africa/Bangui
2389853	Bangui	CF	\N	18	true	812407	4.36122	18.55496	Africa/Bangui
2255414	Pointe-Noire	CG	\N	15	false	1032000	-4.77609	11.86352	Africa/Brazzaville
2260535	Brazzaville	CG	\N	12	true	1982000	-4.26613	15.28318	Africa/Brazzaville
2657896	Zürich	CH	\N	ZH	false	415367	47.36667	8.55	Europe/Zurich
2661552	Bern	CH	\N	BE	true	121631	46.94809	7.44744	Europe/Zurich
2279755	Yamoussoukro	CI	\N	81	true	275686	6.82055	-5.27674	Africa/Abidjan
2282006	San-Pédro	CI	\N	76	false	390654	4.74851	-6.6363	Africa/Abidjan
2285853	Koumassi	CI	\N	93	false	412282	5.29716	-3.96753	Africa/Abidjan
2286304	Korhogo	CI	\N	87	false	440926	9.45803	-5.62961	Africa/Abidjan
2290486	Daloa	CI	\N	96	false	421871	6.87735	-6.45022	Africa/Abidjan
2290956	Bouaké	CI	\N	90	false	832371	7.69385	-5.03031	Africa/Abidjan
2293521	Abobo	CI	\N	93	false	1340083	5.41613	-4.0159	Africa/Abidjan
2293538	Abidjan	CI	\N	93	false	6321017	5.35444	-4.00167	Africa/Abidjan
4035715	Avarua	CK	\N	11695425	true	13373	-21.2075	-159.77546	Pacific/Rarotonga
3868121	Viña del Mar	CL	\N	01	false	334248	-33.02457	-71.55183	America/Santiago
3871336	Santiago	CL	\N	12	true	4837295	-33.45694	-70.64827	America/Santiago
3875024	Puente Alto	CL	\N	12	false	568106	-33.61169	-70.57577	America/Santiago
3880980	Maipú	CL	\N	12	false	503635	-33.51421	-70.7651	America/Santiago
3899539	Antofagasta	CL	\N	03	false	401096	-23.65094	-70.39752	America/Santiago
2220957	Yaoundé	CM	\N	11	true	1299369	3.86667	11.51667	Africa/Douala
2228373	Maroua	CM	\N	12	false	314122	10.59095	14.31593	Africa/Douala
2232593	Douala	CM	\N	05	false	1338082	4.04827	9.70428	Africa/Douala
2234974	Bamenda	CM	\N	07	false	420445	5.9597	10.14597	Africa/Douala
2235189	Bafoussam	CM	\N	08	false	373268	5.47775	10.41759	Africa/Douala
1279945	Jiuquan	CN	\N	15	false	428346	39.74318	98.51736	Asia/Shanghai
1280849	Kashgar	CN	\N	13	false	506640	39.46718	75.98675	Asia/Urumqi
1281019	Gujangbagh	CN	\N	13	false	408894	37.10927	79.93433	Asia/Urumqi
1281673	Baoshan	CN	\N	29	false	935618	25.11626	99.16366	Asia/Shanghai
1529102	Ürümqi	CN	\N	13	false	3029372	43.80096	87.60046	Asia/Urumqi
1529195	Shihezi	CN	\N	13	false	572772	44.3023	86.03694	Asia/Urumqi
1529376	Korla	CN	\N	13	false	549324	41.76055	86.15231	Asia/Urumqi
1529660	Aqsu	CN	\N	13	false	535657	41.18418	80.27921	Asia/Urumqi
1783621	Zunyi	CN	\N	18	false	2037775	27.68667	106.90722	Asia/Shanghai
1783683	Ziyang	CN	\N	32	false	905729	30.12108	104.64811	Asia/Shanghai
1783745	Zigong	CN	\N	32	false	1262064	29.34162	104.77689	Asia/Shanghai
1783763	Zhuzhou	CN	\N	11	false	1129687	27.83333	113.15	Asia/Shanghai
1783873	Zhumadian	CN	\N	09	false	721670	32.98385	114.02586	Asia/Shanghai
1783988	Zhucheng	CN	\N	25	false	499285	35.99472	119.3975	Asia/Shanghai
1784130	Zhoukou	CN	\N	09	false	505171	33.63333	114.63333	Asia/Shanghai
1784285	Zhongwei	CN	\N	21	false	1174600	37.51129	105.19067	Asia/Shanghai
1784642	Zhenjiang	CN	\N	04	false	950516	32.21086	119.45508	Asia/Shanghai
1784658	Zhengzhou	CN	\N	09	false	4253913	34.75778	113.64861	Asia/Shanghai
1784818	Yongji	CN	\N	24	false	452000	34.86611	110.44028	Asia/Shanghai
1784841	Zhaotong	CN	\N	29	false	787845	27.31667	103.71667	Asia/Shanghai
1784853	Zhaoqing	CN	\N	30	false	1553109	23.04893	112.46091	Asia/Shanghai
1784990	Zhanjiang	CN	\N	30	false	1400709	21.23391	110.38749	Asia/Shanghai
1785018	Zhangzhou	CN	\N	07	false	589831	24.51333	117.65556	Asia/Shanghai
1785036	Zhangye	CN	\N	15	false	507433	38.93417	100.45167	Asia/Shanghai
1785286	Zibo	CN	\N	25	false	3129228	36.79056	118.06333	Asia/Shanghai
1785294	Anyang	CN	\N	09	false	1146839	36.096	114.38278	Asia/Shanghai
1785412	Zhabei	CN	\N	23	false	840000	31.25861	121.45972	Asia/Shanghai
1785453	Zaozhuang	CN	\N	25	false	899753	34.86472	117.55417	Asia/Shanghai
1785623	Kunshan	CN	\N	04	false	2092496	31.37762	120.95431	Asia/Shanghai
1785716	Pizhou	CN	\N	04	false	343421	34.31139	117.95028	Asia/Shanghai
1785725	Yunfu	CN	\N	30	false	2612800	22.92787	112.03809	Asia/Shanghai
1785738	Yuncheng	CN	\N	24	false	680036	35.02306	110.99278	Asia/Shanghai
1785781	Yulin	CN	\N	16	false	1056743	22.6305	110.14686	Asia/Shanghai
1786112	Heyuan	CN	\N	30	false	463907	23.73333	114.68333	Asia/Shanghai
1786217	Yongzhou	CN	\N	11	false	1020715	26.42389	111.61306	Asia/Shanghai
1786657	Yinchuan	CN	\N	21	false	1487579	38.46806	106.27306	Asia/Shanghai
1786746	Yichun	CN	\N	03	false	1045952	27.83333	114.4	Asia/Shanghai
1786760	Yixing	CN	\N	04	false	1285785	31.36059	119.82016	Asia/Shanghai
1786764	Yichang	CN	\N	12	false	1350150	30.71444	111.28472	Asia/Shanghai
1786770	Yibin	CN	\N	32	false	836340	28.7593	104.63994	Asia/Shanghai
1787093	Yantai	CN	\N	25	false	2227733	37.47649	121.44081	Asia/Shanghai
1787227	Yangzhou	CN	\N	04	false	1584237	32.39722	119.43583	Asia/Shanghai
1787323	Yangshuo	CN	\N	16	false	300000	24.78081	110.48967	Asia/Shanghai
1787331	Zhangjiagang	CN	\N	04	false	1432044	31.865	120.53889	Asia/Shanghai
1787351	Yangquan	CN	\N	24	false	731228	37.8575	113.56333	Asia/Shanghai
1787375	Yangpu	CN	\N	23	false	1210800	31.26193	121.51904	Asia/Shanghai
1787746	Yancheng	CN	\N	04	false	1615717	33.3575	120.1573	Asia/Shanghai
1787765	Yan’an	CN	\N	26	false	475234	36.59889	109.49167	Asia/Shanghai
1787816	Ya'an	CN	\N	32	false	612056	29.98521	102.999	Asia/Shanghai
1787824	Tongshan	CN	\N	04	false	329661	34.18045	117.15707	Asia/Shanghai
1787858	Shangrao	CN	\N	03	false	1116486	28.45179	117.94287	Asia/Shanghai
1787957	Xuhui	CN	\N	23	false	1109800	31.19594	121.44709	Asia/Shanghai
1788046	Xuchang	CN	\N	09	false	1265536	34.03189	113.86299	Asia/Shanghai
1788081	Xuancheng	CN	\N	01	false	774332	30.9525	118.75528	Asia/Shanghai
1788450	Xinzhou	CN	\N	24	false	544683	38.40917	112.73333	Asia/Shanghai
1788508	Xinyu	CN	\N	03	false	839488	27.80429	114.93335	Asia/Shanghai
1788534	Xinyang	CN	\N	09	false	1230042	32.12278	114.06556	Asia/Shanghai
1788572	Xinxiang	CN	\N	09	false	1047088	35.19033	113.80151	Asia/Shanghai
1788852	Xining	CN	\N	06	false	1677177	36.62554	101.75739	Asia/Shanghai
1788927	Xingtai	CN	\N	10	false	798770	37.06217	114.49272	Asia/Shanghai
1789065	Ankang	CN	\N	26	false	870126	32.68	109.01722	Asia/Shanghai
1789262	Xinyi	CN	\N	04	false	300511	34.38424	118.34617	Asia/Shanghai
1789647	Xichang	CN	\N	32	false	481796	27.89642	102.26341	Asia/Shanghai
1790254	Xiaogan	CN	\N	12	false	908266	30.92689	113.92221	Asia/Shanghai
1790353	Xianyang	CN	\N	26	false	1034081	34.33778	108.70261	Asia/Shanghai
1790396	Xianning	CN	\N	12	false	512517	29.84347	114.32201	Asia/Shanghai
1790437	Zhuhai	CN	\N	30	false	2207090	22.27694	113.56778	Asia/Shanghai
1790492	Xiangtan	CN	\N	11	false	959303	27.85	112.9	Asia/Shanghai
1790587	Xiangyang	CN	\N	12	false	1294733	32.0422	112.14479	Asia/Shanghai
1790630	Xi’an	CN	\N	26	false	9600000	34.25833	108.92861	Asia/Shanghai
1790645	Xiamen	CN	\N	07	false	4617251	24.47979	118.08187	Asia/Shanghai
1790840	Wuzhou	CN	\N	16	false	761948	23.48054	111.28848	Asia/Shanghai
1790842	Wuzhong	CN	\N	21	false	7202654	37.9867	106.201	Asia/Shanghai
1790923	Wuxi	CN	\N	04	false	4396835	31.56887	120.28857	Asia/Shanghai
1791121	Changde	CN	\N	11	false	1457419	29.03205	111.69844	Asia/Shanghai
1791236	Wuhu	CN	\N	01	false	1598165	31.35259	118.42947	Asia/Shanghai
1791247	Wuhan	CN	\N	12	false	10392693	30.58333	114.26667	Asia/Shanghai
1791388	Wenzhou	CN	\N	02	false	2650000	27.99942	120.66682	Asia/Shanghai
1791544	Wenchang	CN	\N	31	false	560894	19.55158	110.80279	Asia/Shanghai
1791636	Weinan	CN	\N	26	false	1199290	34.50355	109.50891	Asia/Shanghai
1791673	Weihai	CN	\N	25	false	844310	37.50914	122.11356	Asia/Shanghai
1791681	Weifang	CN	\N	25	false	2044028	36.71	119.10194	Asia/Shanghai
1791748	Wanxian	CN	\N	33	false	859662	30.81601	108.37407	Asia/Shanghai
1791779	Wanning	CN	\N	31	false	545992	18.79931	110.3841	Asia/Shanghai
1792260	Wafangdian	CN	\N	19	false	454338	39.61833	122.00806	Asia/Shanghai
1792359	Huangshan	CN	\N	01	false	460786	29.71139	118.3125	Asia/Shanghai
1792621	Tongling	CN	\N	01	false	402062	30.95	117.78333	Asia/Shanghai
1792892	Tianshui	CN	\N	15	false	1212791	34.57952	105.74238	Asia/Shanghai
1792947	Tianjin	CN	\N	28	false	11090314	39.14222	117.17667	Asia/Shanghai
1793346	Tangshan	CN	\N	10	false	3372102	39.64381	118.18319	Asia/Shanghai
1793424	Tanggu	CN	\N	28	false	535298	39.02111	117.64694	Asia/Shanghai
1793505	Taizhou	CN	\N	04	false	1607108	32.49069	119.90812	Asia/Shanghai
1793511	Taiyuan	CN	\N	24	false	4303673	37.86944	112.56028	Asia/Shanghai
1793703	Taicang	CN	\N	04	false	831113	31.44778	121.09389	Asia/Shanghai
1793724	Tai’an	CN	\N	25	false	1735425	36.18528	117.12	Asia/Shanghai
1793743	Suzhou	CN	\N	01	false	1647642	33.63611	116.97889	Asia/Shanghai
1793771	Suqian	CN	\N	04	false	1437685	33.94917	118.29583	Asia/Shanghai
1793879	Suizhou	CN	\N	12	false	618582	31.71111	113.36306	Asia/Shanghai
1793900	Suining	CN	\N	32	false	656760	30.50802	105.57332	Asia/Shanghai
1794035	Songjiang	CN	\N	23	false	1973500	31.03443	121.22326	Asia/Shanghai
1794328	Shuozhou	CN	\N	24	false	433700	39.31583	112.4225	Asia/Shanghai
1794479	Laixi	CN	\N	25	false	341470	36.85917	120.52694	Asia/Shanghai
1794794	Shouguang	CN	\N	25	false	473620	36.88	118.7375	Asia/Shanghai
1794903	Shiyan	CN	\N	12	false	3460000	32.6475	110.77806	Asia/Shanghai
1795060	Shiqi	CN	\N	30	false	342306	22.51682	113.38521	Asia/Shanghai
1795270	Shijiazhuang	CN	\N	10	false	3938513	38.04139	114.47861	Asia/Shanghai
1795565	Shenzhen	CN	\N	30	false	17494398	22.54554	114.0683	Asia/Shanghai
1795855	Shaoxing	CN	\N	02	false	2300000	30.00237	120.57864	Asia/Shanghai
1795874	Shaoguan	CN	\N	30	false	1028460	24.8	113.58333	Asia/Shanghai
1795928	Shanwei	CN	\N	30	false	491766	22.78199	115.3475	Asia/Shanghai
1795940	Shantou	CN	\N	30	false	3838900	23.35489	116.67876	Asia/Shanghai
1796068	Shangluo	CN	\N	26	false	531696	33.86667	109.93056	Asia/Shanghai
1796134	Shangqiu	CN	\N	09	false	1859723	34.4143	115.65613	Asia/Shanghai
1796236	Shanghai	CN	\N	23	false	24874500	31.22222	121.45806	Asia/Shanghai
1796556	Sanya	CN	\N	31	false	1031396	18.25435	109.50947	Asia/Shanghai
1796663	Sanming	CN	\N	07	false	602166	26.24861	117.61861	Asia/Shanghai
1796669	Sanmenxia	CN	\N	09	false	669307	34.78081	111.19287	Asia/Shanghai
1796823	Sanhe	CN	\N	10	false	965075	39.98049	117.06887	Asia/Shanghai
1796989	Changsha	CN	\N	30	false	688242	22.38124	112.68492	Asia/Shanghai
1797063	Rui’an	CN	\N	02	false	927383	27.77605	120.65859	Asia/Shanghai
1797121	Jieyang	CN	\N	30	false	1899394	23.5418	116.36581	Asia/Shanghai
1797264	Quzhou	CN	\N	02	false	902767	28.95944	118.86861	Asia/Shanghai
1797318	Qujing	CN	\N	29	false	1408500	25.48333	103.78333	Asia/Shanghai
1797353	Quanzhou	CN	\N	07	false	1469157	24.91389	118.58583	Asia/Shanghai
1797551	Qinzhou	CN	\N	16	false	1296300	21.98247	108.65061	Asia/Shanghai
1797595	Qinhuangdao	CN	\N	10	false	759718	39.94104	119.58936	Asia/Shanghai
1797658	Jinjiang	CN	\N	07	false	1416151	24.81978	118.57415	Asia/Shanghai
1797798	Qingpu	CN	\N	23	false	1271424	31.15394	121.11408	Asia/Shanghai
1797873	Huai'an	CN	\N	04	false	2494013	33.58861	119.01917	Asia/Shanghai
1797929	Qingdao	CN	\N	25	false	7172451	36.06488	120.38042	Asia/Shanghai
1797945	Qingyuan	CN	\N	30	false	1738424	23.7	113.03333	Asia/Shanghai
1798425	Puyang	CN	\N	02	false	3590000	29.45679	119.88872	Asia/Shanghai
1798439	Putuo	CN	\N	23	false	1239100	31.251	121.3897	Asia/Shanghai
1798449	Putian	CN	\N	07	false	1539389	25.43944	119.01028	Asia/Shanghai
1798524	Pudong	CN	\N	23	false	5681512	31.23995	121.50094	Asia/Shanghai
1798654	Pingxiang	CN	\N	03	false	893550	27.61672	113.85353	Asia/Shanghai
1798760	Pingliang	CN	\N	15	false	504848	35.53917	106.68611	Asia/Shanghai
1798821	Pingdu	CN	\N	25	false	542234	36.78444	119.94639	Asia/Shanghai
1798827	Pingdingshan	CN	\N	09	false	979130	33.73091	113.31554	Asia/Shanghai
1798900	Pengze	CN	\N	03	false	350000	29.89885	116.54572	Asia/Shanghai
1799194	Guang’an	CN	\N	32	false	858159	30.47413	106.63696	Asia/Shanghai
1799397	Ningbo	CN	\N	02	false	3731203	29.87819	121.54945	Asia/Shanghai
1799491	Neijiang	CN	\N	32	false	1251095	29.58354	105.06216	Asia/Shanghai
1799629	Nanyang	CN	\N	09	false	1811812	33.00524	112.54659	Asia/Shanghai
1799722	Nantong	CN	\N	04	false	2273326	32.03028	120.87472	Asia/Shanghai
1799823	Nanqiao	CN	\N	23	false	361185	30.91611	121.44944	Asia/Shanghai
1799846	Nanping	CN	\N	07	false	467875	26.645	118.17361	Asia/Shanghai
1799869	Nanning	CN	\N	16	false	3839800	22.81667	108.31667	Asia/Shanghai
1799962	Nanjing	CN	\N	04	false	9314685	32.06167	118.77778	Asia/Shanghai
1800146	Nanchong	CN	\N	32	false	1858875	30.79508	106.08473	Asia/Shanghai
1800163	Nanchang	CN	\N	03	false	2357839	28.68396	115.85306	Asia/Shanghai
1800480	Minhang	CN	\N	23	false	2716600	31.10881	121.37471	Asia/Shanghai
1800627	Mianyang	CN	\N	32	false	1550000	31.46784	104.68168	Asia/Shanghai
1800779	Meizhou	CN	\N	30	false	992351	24.28859	116.11768	Asia/Shanghai
1800818	Meishan	CN	\N	32	false	1107742	30.04392	103.83696	Asia/Shanghai
1801180	Maoming	CN	\N	30	false	1307802	21.66625	110.91364	Asia/Shanghai
1801620	Ma’anshan	CN	\N	01	false	741531	31.68579	118.51008	Asia/Shanghai
1801640	Luzhou	CN	\N	32	false	998900	28.8903	105.42575	Asia/Shanghai
1801792	Luoyang	CN	\N	09	false	1390581	34.67345	112.43684	Asia/Shanghai
1801934	Luohe	CN	\N	09	false	1294974	33.57424	114.03261	Asia/Shanghai
1802204	Luancheng	CN	\N	10	false	597130	37.88452	114.64629	Asia/Shanghai
1802206	Lu’an	CN	\N	01	false	1644344	31.73561	116.51688	Asia/Shanghai
1802238	Loudi	CN	\N	11	false	497171	27.73444	111.99444	Asia/Shanghai
1802276	Longyan	CN	\N	07	false	1025087	25.07485	117.01775	Asia/Shanghai
1802875	Guankou	CN	\N	11	false	1380000	28.15861	113.62709	Asia/Shanghai
1802940	Puning	CN	\N	30	false	874954	23.31072	116.16869	Asia/Shanghai
1803245	Lishui	CN	\N	02	false	451418	28.46042	119.91029	Asia/Shanghai
1803300	Liuzhou	CN	\N	16	false	1436599	24.32405	109.40698	Asia/Shanghai
1803318	Linyi	CN	\N	25	false	2743843	35.06306	118.34278	Asia/Shanghai
1803567	Linfen	CN	\N	24	false	959198	36.08889	111.51889	Asia/Shanghai
1803590	Lincang	CN	\N	29	false	323708	23.87972	100.09455	Asia/Shanghai
1803834	Liaocheng	CN	\N	25	false	1229768	36.45064	116.00247	Asia/Shanghai
1803936	Wuwei	CN	\N	15	false	1010295	37.92672	102.63202	Asia/Shanghai
1804153	Leshan	CN	\N	32	false	662814	29.56227	103.76386	Asia/Shanghai
1804430	Lanzhou	CN	\N	15	false	3000000	36.05701	103.83987	Asia/Shanghai
1804540	Langfang	CN	\N	10	false	868066	39.52079	116.71471	Asia/Shanghai
1804591	Laiwu	CN	\N	25	false	989535	36.19278	117.65694	Asia/Shanghai
1804609	Laibin	CN	\N	16	false	910282	23.74743	109.22222	Asia/Shanghai
1804651	Kunming	CN	\N	29	false	3855346	25.03889	102.71833	Asia/Shanghai
1804879	Kaifeng	CN	\N	09	false	1451741	34.7986	114.30742	Asia/Shanghai
1805029	Jizhou	CN	\N	10	false	362013	37.55054	115.56871	Asia/Shanghai
1805179	Jiujiang	CN	\N	03	false	1164268	29.70475	116.00206	Asia/Shanghai
1805518	Jining	CN	\N	25	false	1241012	35.405	116.58139	Asia/Shanghai
1805528	Jinhua	CN	\N	02	false	1463990	29.10678	119.64421	Asia/Shanghai
1805540	Jingzhou	CN	\N	12	false	1052282	30.35028	112.19028	Asia/Shanghai
1805611	Jingmen	CN	\N	12	false	632954	31.03361	112.20472	Asia/Shanghai
1805680	Jingdezhen	CN	\N	03	false	473561	29.2947	117.20789	Asia/Shanghai
1805701	Jing’an	CN	\N	23	false	936500	31.22	121.41583	Asia/Shanghai
1805741	Jincheng	CN	\N	24	false	476945	35.50222	112.83278	Asia/Shanghai
1805753	Jinan	CN	\N	25	false	4335989	36.66833	116.99722	Asia/Shanghai
1805953	Jiaxing	CN	\N	02	false	1180000	30.7522	120.75	Asia/Shanghai
1805987	Jiaozuo	CN	\N	09	false	865413	35.23925	113.23914	Asia/Shanghai
1806096	Jiaozhou	CN	\N	25	false	619266	36.28389	120.00333	Asia/Shanghai
1806097	Ningde	CN	\N	07	false	429260	26.66167	119.52278	Asia/Shanghai
1806299	Jiangmen	CN	\N	30	false	1795459	22.58333	113.08333	Asia/Shanghai
1806408	Yangjiang	CN	\N	30	false	1292987	21.85563	111.96272	Asia/Shanghai
1806445	Ji’an	CN	\N	03	false	538699	27.11716	114.97927	Asia/Shanghai
1806466	Guangyuan	CN	\N	32	false	516424	32.44201	105.823	Asia/Shanghai
1806488	Qionghai	CN	\N	31	false	528238	19.2425	110.46417	Asia/Shanghai
1806508	Jiading	CN	\N	23	false	1886100	31.38575	121.24465	Asia/Shanghai
1806535	Huzhou	CN	\N	02	false	1015937	30.8703	120.0933	Asia/Shanghai
1806602	Cixi	CN	\N	02	false	1457510	30.1764	121.2457	Asia/Shanghai
1806776	Huizhou	CN	\N	30	false	2900113	23.11147	114.41523	Asia/Shanghai
1807234	Huangshi	CN	\N	12	false	688090	30.24706	115.04814	Asia/Shanghai
1807566	Xingyi	CN	\N	18	false	322890	25.09617	104.90639	Asia/Shanghai
1807681	Huainan	CN	\N	01	false	1666826	32.62639	116.99694	Asia/Shanghai
1807689	Huaihua	CN	\N	11	false	552622	27.56337	110.00404	Asia/Shanghai
1807700	Huaibei	CN	\N	01	false	1113321	33.97444	116.79167	Asia/Shanghai
1808090	Hongkou	CN	\N	23	false	687500	31.25	121.48917	Asia/Shanghai
1808198	Heze	CN	\N	25	false	1346717	35.23929	115.47358	Asia/Shanghai
1808212	Hechuan	CN	\N	33	false	377213	29.99228	106.26461	Asia/Shanghai
1808316	Heshan	CN	\N	11	false	1249807	28.56938	112.34733	Asia/Shanghai
1808370	Hengyang	CN	\N	11	false	1075516	26.88946	112.61888	Asia/Shanghai
1808392	Hengshui	CN	\N	10	false	522147	37.73908	115.68348	Asia/Shanghai
1808722	Hefei	CN	\N	01	false	5050000	31.86389	117.28083	Asia/Shanghai
1808770	Hebi	CN	\N	09	false	634721	35.73231	114.28616	Asia/Shanghai
1808857	Hanzhong	CN	\N	26	false	1006557	33.07507	107.02214	Asia/Shanghai
1808926	Hangzhou	CN	\N	02	false	9236032	30.29365	120.16142	Asia/Shanghai
1808956	Changzhi	CN	\N	24	false	1214940	36.18389	113.10528	Asia/Shanghai
1808963	Handan	CN	\N	10	false	1358318	36.60999	114.48764	Asia/Shanghai
1809061	Jiaojiang	CN	\N	02	false	470804	28.69844	121.47331	Asia/Shanghai
1809078	Haikou	CN	\N	31	false	2873358	20.03421	110.34651	Asia/Shanghai
1809152	Guyuan	CN	\N	21	false	411854	36.00667	106.28083	Asia/Shanghai
1809412	Guli	CN	\N	02	false	536000	28.88162	120.03308	Asia/Shanghai
1809461	Guiyang	CN	\N	18	false	3037159	26.58333	106.71667	Asia/Shanghai
1809498	Guilin	CN	\N	16	false	1572300	25.28022	110.29639	Asia/Shanghai
1809532	Guigang	CN	\N	16	false	1086327	23.11603	109.59472	Asia/Shanghai
1809858	Guangzhou	CN	\N	30	false	16096724	23.11667	113.25	Asia/Shanghai
1810458	Gaomi	CN	\N	25	false	391986	36.38333	119.75278	Asia/Shanghai
1810638	Ganzhou	CN	\N	03	false	1977253	25.84664	114.9326	Asia/Shanghai
1810820	Fuzhou	CN	\N	03	false	1089888	27.95999	116.33333	Asia/Shanghai
1810821	Fuzhou	CN	\N	07	false	3740000	26.06139	119.30611	Asia/Shanghai
1810845	Fuyang	CN	\N	01	false	1768947	32.9	115.81667	Asia/Shanghai
1811103	Foshan	CN	\N	30	false	9042509	23.02677	113.13148	Asia/Shanghai
1812101	Dongying	CN	\N	25	false	998968	37.46271	118.49165	Asia/Shanghai
1812545	Dongguan	CN	\N	30	false	9644871	23.01797	113.74866	Asia/Shanghai
1812749	Dingxi	CN	\N	15	false	420614	35.57088	104.62303	Asia/Shanghai
1812955	Dezhou	CN	\N	25	false	679535	37.44661	116.36706	Asia/Shanghai
1812961	Deyang	CN	\N	32	false	735070	31.13019	104.38198	Asia/Shanghai
1813171	Zhangjiajie	CN	\N	11	false	441804	29.12944	110.47833	Asia/Shanghai
1813206	Daye	CN	\N	12	false	347406	30.08333	114.95	Asia/Shanghai
1813325	Dazhou	CN	\N	32	false	1589435	31.2106	107.46308	Asia/Shanghai
1814087	Dalian	CN	\N	19	false	4913879	38.91222	121.60222	Asia/Shanghai
1814544	Dachang	CN	\N	23	false	371856	31.30873	121.41526	Asia/Shanghai
1814757	Chuzhou	CN	\N	01	false	782671	32.32194	118.29778	Asia/Shanghai
1814760	Chuxiong	CN	\N	29	false	555081	25.03639	101.54556	Asia/Shanghai
1814870	Yiwu	CN	\N	02	false	1481384	29.31506	120.07676	Asia/Shanghai
1814906	Chongqing	CN	\N	33	false	7457599	29.56026	106.55771	Asia/Shanghai
1814934	Chizhou	CN	\N	01	false	615274	30.66134	117.47783	Asia/Shanghai
1815059	Chenzhou	CN	\N	11	false	822534	25.8	113.03333	Asia/Shanghai
1815251	Jiangyin	CN	\N	04	false	1779515	31.91102	120.26302	Asia/Shanghai
1815286	Chengdu	CN	\N	32	false	13568357	30.66667	104.06667	Asia/Shanghai
1815395	Chaozhou	CN	\N	30	false	1750945	23.65396	116.62262	Asia/Shanghai
1815456	Changzhou	CN	\N	04	false	3290918	31.77359	119.95401	Asia/Shanghai
1815463	Changzhi	CN	\N	24	false	699514	35.20889	111.73861	Asia/Shanghai
1815482	Changyi	CN	\N	25	false	302072	36.85361	119.39083	Asia/Shanghai
1815577	Changsha	CN	\N	11	false	3093980	28.19874	112.97087	Asia/Shanghai
1815611	Changning	CN	\N	23	false	694900	31.21739	121.42105	Asia/Shanghai
1816080	Cangzhou	CN	\N	10	false	527681	38.31124	116.85334	Asia/Shanghai
1816234	Bozhou	CN	\N	01	false	1409436	33.87722	115.77028	Asia/Shanghai
1816269	Baise	CN	\N	16	false	686078	23.89013	106.62684	Asia/Shanghai
1816336	Binzhou	CN	\N	25	false	682717	37.36667	118.01667	Asia/Shanghai
1816373	Bijie	CN	\N	18	false	1137383	27.30193	105.28627	Asia/Shanghai
1816440	Bengbu	CN	\N	01	false	972784	32.94083	117.36083	Asia/Shanghai
1816670	Beijing	CN	\N	22	true	18960744	39.9075	116.39723	Asia/Shanghai
1816705	Beihai	CN	\N	16	false	525329	21.48349	109.11549	Asia/Shanghai
1816858	Basuo	CN	\N	31	false	444458	19.10267	108.66565	Asia/Shanghai
1816917	Baoshan	CN	\N	23	false	2265900	31.40845	121.48956	Asia/Shanghai
1816920	Shaoyang	CN	\N	11	false	753194	27.23818	111.46214	Asia/Shanghai
1816971	Baoding	CN	\N	10	false	2739887	38.87288	115.46246	Asia/Shanghai
1817720	Shangyu	CN	\N	02	false	770000	30.01556	120.87111	Asia/Shanghai
1817968	Anshun	CN	\N	18	false	765313	26.25	105.93333	Asia/Shanghai
1817990	Anqiu	CN	\N	25	false	364208	36.43417	119.1925	Asia/Shanghai
1817993	Anqing	CN	\N	01	false	804493	30.51365	117.04723	Asia/Shanghai
1886760	Suzhou	CN	\N	04	false	6715559	31.30408	120.59538	Asia/Shanghai
1886762	Zhoushan	CN	\N	02	false	882932	29.98869	122.20488	Asia/Shanghai
1909733	Banan	CN	\N	33	false	508703	29.37861	106.54	Asia/Shanghai
1913154	Tanzhou	CN	\N	30	false	382445	22.25503	113.46692	Asia/Shanghai
1927639	Yueyang	CN	\N	11	false	991465	29.37455	113.09481	Asia/Shanghai
2033196	Zhangjiakou	CN	\N	10	false	692602	40.78341	114.87139	Asia/Shanghai
2033370	Yingkou	CN	\N	19	false	591159	40.66472	122.23176	Asia/Shanghai
2033467	Yanji	CN	\N	05	false	326957	42.88825	129.50241	Asia/Shanghai
2033574	Xuanhua	CN	\N	10	false	373422	40.61205	115.06463	Asia/Shanghai
2034414	Tonghua	CN	\N	05	false	510000	41.71972	125.92639	Asia/Shanghai
2034439	Tieling	CN	\N	19	false	333907	42.29306	123.84139	Asia/Shanghai
2034714	Siping	CN	\N	05	false	555609	43.16143	124.37785	Asia/Shanghai
2034786	Shuangyashan	CN	\N	08	false	600000	46.67686	131.13273	Asia/Shanghai
2034937	Shenyang	CN	\N	19	false	7050000	41.79222	123.43278	Asia/Shanghai
2035261	Qitaihe	CN	\N	08	false	345033	45.768	130.9953	Asia/Shanghai
2035265	Qiqihar	CN	\N	08	false	882364	47.33922	123.96154	Asia/Shanghai
2035513	Panshan	CN	\N	19	false	625040	41.18806	122.04944	Asia/Shanghai
2035715	Mudanjiang	CN	\N	08	false	665915	44.54804	129.62594	Asia/Shanghai
2036109	Longshan	CN	\N	05	false	465249	42.88545	125.1367	Asia/Shanghai
2036113	Liaoyang	CN	\N	19	false	687890	41.27194	123.17306	Asia/Shanghai
2036389	Jixi	CN	\N	08	false	403759	45.29322	130.96217	Asia/Shanghai
2036427	Jinzhou	CN	\N	19	false	604269	41.10778	121.14167	Asia/Shanghai
2036434	Lianshan	CN	\N	19	false	313247	40.76432	120.85327	Asia/Shanghai
2036502	Jilin	CN	\N	05	false	1895865	43.84652	126.5608	Asia/Shanghai
2036581	Jiamusi	CN	\N	08	false	549549	46.79711	130.31118	Asia/Shanghai
2036662	Huludao	CN	\N	19	false	944495	40.75243	120.83552	Asia/Shanghai
2036892	Hohhot	CN	\N	20	false	2350000	40.81056	111.65222	Asia/Shanghai
2036986	Hegang	CN	\N	08	false	743307	47.34727	130.29033	Asia/Shanghai
2037013	Harbin	CN	\N	08	false	5242897	45.75	126.65	Asia/Shanghai
2037346	Fuxin	CN	\N	19	false	689050	42.01556	121.65889	Asia/Shanghai
2037355	Fushun	CN	\N	19	false	1400646	41.88669	123.94363	Asia/Shanghai
2037799	Datong	CN	\N	24	false	1850000	40.09361	113.29139	Asia/Shanghai
2037860	Daqing	CN	\N	08	false	1604027	46.58333	125.0	Asia/Shanghai
2037886	Dandong	CN	\N	19	false	631973	40.12917	124.39472	Asia/Shanghai
2038067	Chifeng	CN	\N	20	false	346654	42.26833	118.96361	Asia/Shanghai
2038087	Chengde	CN	\N	10	false	449325	40.9519	117.95883	Asia/Shanghai
2038120	Chaoyang	CN	\N	19	false	410005	41.57028	120.45861	Asia/Shanghai
2038180	Changchun	CN	\N	05	false	4714996	43.88	125.32278	Asia/Shanghai
2038300	Benxi	CN	\N	19	false	987717	41.28861	123.765	Asia/Shanghai
2038365	Bei’an	CN	\N	08	false	436444	48.26667	126.6	Asia/Shanghai
2038432	Baotou	CN	\N	20	false	2150000	40.6516	109.84389	Asia/Shanghai
2038569	Baicheng	CN	\N	05	false	316970	45.61751	122.83302	Asia/Shanghai
2038632	Anshan	CN	\N	19	false	1450000	41.12361	122.99	Asia/Shanghai
6642286	E’zhou	CN	\N	12	false	668727	30.39607	114.88655	Asia/Shanghai
6929460	Panzhihua	CN	\N	32	false	787177	26.58509	101.71276	Asia/Shanghai
6958518	Tantou	CN	\N	30	false	320304	22.75121	113.83496	Asia/Shanghai
6986104	Zhongshan	CN	\N	30	false	3841873	22.52306	113.37912	Asia/Shanghai
7064006	Tongchuan	CN	\N	26	false	417740	34.8988	108.95056	Asia/Shanghai
7283386	Changshu	CN	\N	04	false	1677050	31.64615	120.74221	Asia/Shanghai
7304020	Fenghuang	CN	\N	11	false	370000	27.93557	109.59961	Asia/Shanghai
7576887	Hezhou	CN	\N	16	false	1005490	24.40357	111.56675	Asia/Shanghai
7602670	Zhu Cheng City	CN	\N	25	false	1000000	35.99502	119.40259	Asia/Shanghai
8054802	Xilinhot	CN	\N	20	false	349953	43.93889	116.07021	Asia/Shanghai
8067345	Lhoka	CN	\N	14	false	353700	29.24301	91.77239	Asia/Shanghai
8307452	Huangpu	CN	\N	23	false	504700	31.2378	121.4781	Asia/Shanghai
8335361	Ulanqab	CN	\N	20	false	550231	40.993	113.133	Asia/Shanghai
8347664	Ordos	CN	\N	20	false	1940653	39.6086	109.78157	Asia/Shanghai
8400694	Taizhou	CN	\N	02	false	1485502	28.66266	121.43312	Asia/Shanghai
8505006	Wenshan City	CN	\N	29	false	450000	23.36306	104.25047	Asia/Shanghai
8533133	Liupanshui	CN	\N	18	false	1320825	26.59444	104.83333	Asia/Shanghai
8537264	Huanggang	CN	\N	12	false	366769	30.45143	114.87035	Asia/Shanghai
9072919	Rizhao	CN	\N	25	false	661943	35.41414	119.52908	Asia/Shanghai
9181182	Puyang	CN	\N	09	false	655674	35.75641	115.04363	Asia/Shanghai
9931406	Jianshui	CN	\N	29	false	490000	24.2774	101.224	Asia/Shanghai
10630003	Xuzhou	CN	\N	04	false	1253991	34.20442	117.28386	Asia/Shanghai
10794003	Panjin	CN	\N	19	false	1166481	41.121	122.0739	Asia/Shanghai
10859300	Lianyungang	CN	\N	04	false	2001009	34.59845	119.21556	Asia/Shanghai
10942283	Jinzhong	CN	\N	24	false	1226617	37.68403	112.75471	Asia/Shanghai
10942359	Baoji	CN	\N	26	false	1437802	34.36775	107.23705	Asia/Shanghai
11072148	Puxi	CN	\N	23	false	6683712	31.24414	121.46592	Asia/Shanghai
11694038	Huocheng	CN	\N	13	false	360000	44.05305	80.87173	Asia/Urumqi
11838258	Bayan Nur	CN	\N	20	false	1760000	40.74143	107.38599	Asia/Shanghai
11995100	Bazhong	CN	\N	32	false	2712894	31.8694	106.74432	Asia/Shanghai
12159964	Chongzuo	CN	\N	16	false	384905	22.38161	107.3683	Asia/Shanghai
12277239	Yunlong	CN	\N	04	false	345393	34.25281	117.25167	Asia/Shanghai
12324556	Shizuishan	CN	\N	21	false	739400	38.98082	106.3892	Asia/Shanghai
12358476	Hechi	CN	\N	16	false	330131	24.69285	108.08376	Asia/Shanghai
12358576	Wanzhou	CN	\N	33	false	1545900	30.76451	108.39586	Asia/Shanghai
12359313	Qingyang	CN	\N	15	false	2125400	35.70976	107.64455	Asia/Shanghai
12446699	Daxing’anling	CN	\N	08	false	520000	52.33385	124.71242	Asia/Shanghai
12492662	Mianzhu, Deyang, Sichuan	CN	\N	32	false	510000	31.33786	104.22057	Asia/Shanghai
12548253	Hulunbuir	CN	\N	20	false	349400	49.21141	119.75582	Asia/Shanghai
13308620	Bao'an	CN	\N	30	false	4476554	22.55213	113.88288	Asia/Shanghai
13405906	Luohu District	CN	\N	30	false	1143801	22.54721	114.13149	Asia/Shanghai
13512502	Mengzi	CN	\N	29	false	595100	23.36779	103.38212	Asia/Shanghai
13512505	Lüliang	CN	\N	24	false	3346500	37.5192	111.14436	Asia/Shanghai
13527052	Chéngguān Qū	CN	\N	14	false	478275	29.63842	91.04441	Asia/Shanghai
13608000	Jinshan	CN	\N	23	false	822776	30.83556	121.29373	Asia/Shanghai
13608002	Fengxiang	CN	\N	23	false	1140872	30.85841	121.46779	Asia/Shanghai
13608003	Chongming	CN	\N	\N	false	637921	31.61852	121.69621	Asia/Shanghai
3665900	Villavicencio	CO	\N	19	false	321717	4.13238	-73.62564	America/Bogota
3666304	Valledupar	CO	\N	10	false	490075	10.46538	-73.2531	America/Bogota
3667849	Soledad	CO	\N	04	false	342556	10.91843	-74.76459	America/Bogota
3667905	Soacha	CO	\N	33	false	655025	4.57937	-74.21682	America/Bogota
3668605	Santa Marta	CO	\N	38	false	499192	11.23855	-74.19427	America/Bogota
3671916	Popayán	CO	\N	09	false	318059	2.43823	-76.61316	America/Bogota
3672486	Pereira	CO	\N	24	false	467269	4.81428	-75.69488	America/Bogota
3672778	Pasto	CO	\N	20	false	392930	1.21456	-77.27846	America/Bogota
3673164	Palmira	CO	\N	29	false	312519	3.53944	-76.30361	America/Bogota
3673899	Neiva	CO	\N	16	false	357392	2.93001	-75.27973	America/Bogota
3674453	Montería	CO	\N	12	false	490935	8.75081	-75.87823	America/Bogota
3674962	Medellín	CO	\N	02	false	1999979	6.245	-75.57151	America/Bogota
3675443	Manizales	CO	\N	37	false	434403	5.0668	-75.50684	America/Bogota
3680656	Ibagué	CO	\N	28	false	529635	4.43573	-75.20289	America/Bogota
3685533	Cúcuta	CO	\N	21	false	777106	7.90745	-72.5049	America/Bogota
3687238	Cartagena	CO	\N	35	false	914552	10.39817	-75.49328	America/Bogota
3687925	Cali	CO	\N	29	false	2392877	3.43054	-76.5199	America/Bogota
3688452	Buenaventura	CO	\N	29	false	432385	3.58333	-77.0	America/Bogota
3688465	Bucaramanga	CO	\N	26	false	581130	7.125	-73.11895	America/Bogota
3688689	Bogotá	CO	\N	34	true	7674366	4.60971	-74.08175	America/Bogota
3688928	Bello	CO	\N	02	false	392939	6.33732	-75.55795	America/Bogota
3689147	Barranquilla	CO	\N	04	false	1206319	10.96854	-74.78132	America/Bogota
3689560	Armenia	CO	\N	23	false	304314	4.53656	-75.67263	America/Bogota
7033318	Kennedy	CO	\N	34	false	979914	4.6165	-74.14597	America/Bogota
3621849	San José	CR	\N	08	true	335007	9.93388	-84.08489	America/Costa_Rica
3536729	Santiago de Cuba	CU	\N	15	false	555865	20.02287	-75.82171	America/Havana
3553478	Havana	CU	\N	02	true	2163824	23.13302	-82.38304	America/Havana
3556969	Holguín	CU	\N	12	false	319102	20.88722	-76.26306	America/Havana
3566067	Camagüey	CU	\N	05	false	347562	21.38083	-77.91694	America/Havana
3374333	Praia	CV	\N	14	true	137868	14.93152	-23.51254	Atlantic/Cape_Verde
3513090	Willemstad	CW	\N	\N	true	125000	12.12246	-68.88641	America/Curacao
2078127	Flying Fish Cove	CX	\N	00	true	500	-10.42172	105.67912	Indian/Christmas
146268	Nicosia	CY	\N	04	true	200452	35.17284	33.35397	Asia/Nicosia
3067696	Prague	CZ	\N	52	true	1165581	50.08804	14.42076	Europe/Prague
3078610	Brno	CZ	\N	78	false	379466	49.19522	16.60796	Europe/Prague
2805753	Wuppertal	DE	\N	07	false	360797	51.25627	7.14816	Europe/Berlin
2825297	Stuttgart	DE	\N	01	false	612663	48.78232	9.17702	Europe/Berlin
2861650	Nuremberg	DE	\N	02	false	515543	49.45421	11.07752	Europe/Berlin
2867543	Münster	DE	\N	07	false	308258	51.96236	7.62571	Europe/Berlin
2867714	Munich	DE	\N	02	false	1505005	48.13743	11.57549	Europe/Berlin
2873891	Mannheim	DE	\N	01	false	307960	49.4891	8.46694	Europe/Berlin
2879139	Leipzig	DE	\N	13	false	504971	51.33962	12.37129	Europe/Berlin
2886242	Köln	DE	\N	07	false	1024621	50.93333	6.95	Europe/Berlin
2910831	Hannover	DE	\N	06	false	515140	52.37052	9.73322	Europe/Berlin
2911285	Wandsbek	DE	\N	04	false	411422	53.58334	10.08305	Europe/Berlin
2911288	Hamburg-Mitte	DE	\N	04	false	301231	53.55	10.01667	Europe/Berlin
2911298	Hamburg	DE	\N	04	false	1973896	53.55073	9.99302	Europe/Berlin
2925533	Frankfurt am Main	DE	\N	05	false	650000	50.11552	8.68417	Europe/Berlin
2928810	Essen	DE	\N	07	false	593085	51.45657	7.01228	Europe/Berlin
2934246	Düsseldorf	DE	\N	07	false	618685	51.22319	6.77927	Europe/Berlin
2934691	Duisburg	DE	\N	07	false	504358	51.43247	6.76516	Europe/Berlin
2935022	Dresden	DE	\N	13	false	564904	51.05089	13.73832	Europe/Berlin
2935517	Dortmund	DE	\N	07	false	588462	51.51494	7.466	Europe/Berlin
2944388	Bremen	DE	\N	03	false	546501	53.07582	8.80717	Europe/Berlin
2946447	Bonn	DE	\N	07	false	330579	50.73438	7.09549	Europe/Berlin
2947416	Bochum	DE	\N	07	false	385729	51.48165	7.21648	Europe/Berlin
2949186	Bielefeld	DE	\N	07	false	331906	52.03333	8.53333	Europe/Berlin
2950159	Berlin	DE	\N	16	true	3426354	52.52437	13.41053	Europe/Berlin
2954172	Augsburg	DE	\N	02	false	301105	48.37154	10.89851	Europe/Berlin
8354626	Hamburg-Nord	DE	\N	04	false	315514	53.58935	9.984	Europe/Berlin
223817	Djibouti	DJ	\N	07	true	626512	11.58901	43.14503	Africa/Djibouti
7648070	Balbala	DJ	\N	07	false	554350	11.56194	43.10666	Africa/Djibouti
2618425	Copenhagen	DK	\N	17	true	1153615	55.67594	12.56553	Europe/Copenhagen
3575635	Roseau	DM	\N	04	true	16571	15.30174	-61.38808	America/Dominica
3492908	Santo Domingo	DO	\N	34	true	2201941	18.47186	-69.89232	America/Santo_Domingo
3492914	Santiago de los Caballeros	DO	\N	25	false	1200000	19.45036	-70.69085	America/Santo_Domingo
7874116	Santo Domingo Oeste	DO	\N	37	false	701269	18.5	-70.0	America/Santo_Domingo
8601412	Santo Domingo Este	DO	\N	37	false	700000	18.48511	-69.84757	America/Santo_Domingo
2485926	Oran	DZ	\N	09	false	803329	35.69906	-0.63588	Africa/Algiers
2501152	Constantine	DZ	\N	04	false	448028	36.365	6.61472	Africa/Algiers
2503769	Blida	DZ	\N	20	false	331779	36.47004	2.8277	Africa/Algiers
2506999	Annaba	DZ	\N	37	false	342703	36.9	7.76667	Africa/Algiers
2507480	Algiers	DZ	\N	01	true	2364230	36.73225	3.08746	Africa/Algiers
3651297	Santo Domingo de los Colorados	EC	\N	26	false	458580	-0.25368	-79.17628	America/Guayaquil
3652462	Quito	EC	\N	18	true	2781641	-0.22985	-78.52495	America/Guayaquil
3652941	Portoviejo	EC	\N	14	false	321800	-1.05764	-80.45145	America/Guayaquil
3657509	Guayaquil	EC	\N	10	false	2723665	-2.19616	-79.88621	America/Guayaquil
3658192	Eloy Alfaro	EC	\N	10	false	315724	-2.16919	-79.83987	America/Guayaquil
3658666	Cuenca	EC	\N	02	false	636996	-2.8953	-78.9963	America/Guayaquil
3660689	Ambato	EC	\N	19	false	387309	-1.24908	-78.61675	America/Guayaquil
588409	Tallinn	EE	\N	01	true	394024	59.43696	24.75353	Europe/Tallinn
347497	Tanta	EG	\N	05	false	576648	30.78847	31.00192	Africa/Cairo
349076	Shubrā al Khaymah	EG	\N	12	false	1240289	30.12511	31.25053	Africa/Cairo
350203	Rosetta	EG	\N	03	false	301795	31.39951	30.41718	Africa/Cairo
353219	6th of October City	EG	\N	08	false	368650	29.81667	31.05	Africa/Cairo
353225	Madīnat an Naşr	EG	\N	11	false	668413	30.06667	31.3	Africa/Cairo
353802	Kom Ombo	EG	\N	16	false	409311	24.47669	32.94626	Africa/Cairo
355449	Esna	EG	\N	23	false	462787	25.29336	32.55402	Africa/Cairo
356436	Ḩadā’iq al Qubbah	EG	\N	11	false	339612	30.08843	31.28351	Africa/Cairo
358048	Damietta	EG	\N	20	false	305920	31.41648	31.81332	Africa/Cairo
358448	Damanhur	EG	\N	03	false	318207	31.03408	30.46823	Africa/Cairo
358619	Port Said	EG	\N	19	false	780515	31.26531	32.3019	Africa/Cairo
359493	Zagazig	EG	\N	14	false	430445	30.58768	31.502	Africa/Cairo
359783	Assiut	EG	\N	17	false	528669	27.18096	31.18368	Africa/Cairo
359792	Aswān	EG	\N	16	false	379774	24.09082	32.89942	Africa/Cairo
359796	Suez	EG	\N	15	false	699541	29.97371	32.52627	Africa/Cairo
360502	Luxor	EG	\N	28	false	422407	25.69893	32.6421	Africa/Cairo
360630	Cairo	EG	\N	11	true	9606916	30.06263	31.24967	Africa/Cairo
360761	Al Mansurah	EG	\N	01	false	621953	31.03637	31.38069	Africa/Cairo
360829	Al Maḩallah al Kubrá	EG	\N	05	false	592573	30.97063	31.1669	Africa/Cairo
360890	Al Khuşūş	EG	\N	12	false	488904	30.15293	31.31501	Africa/Cairo
360995	Giza	EG	\N	08	false	4367343	30.00944	31.20861	Africa/Cairo
361055	Ismailia	EG	\N	07	false	429465	30.60427	32.27225	Africa/Cairo
361058	Alexandria	EG	\N	06	false	5263542	31.20176	29.91582	Africa/Cairo
361320	Al Fayyum	EG	\N	04	false	519047	29.30995	30.8418	Africa/Cairo
7799991	New Cairo	EG	\N	11	false	313139	30.03	31.47	Africa/Cairo
8134081	Al Qāhirah al Jadīdah	EG	\N	00	false	313139	30.04214	31.44446	Africa/Cairo
2462881	Laayoune	EH	\N	\N	true	196331	27.1418	-13.18797	Africa/El_Aaiun
343300	Asmara	ER	\N	05	true	563930	15.33805	38.93184	Africa/Asmara
2509954	Valencia	ES	\N	60	false	824340	39.47391	-0.37966	Europe/Madrid
2510911	Sevilla	ES	\N	51	false	686741	37.38283	-5.97317	Europe/Madrid
2512989	Palma	ES	\N	07	false	438234	39.56939	2.65024	Europe/Madrid
2513416	Murcia	ES	\N	31	false	471982	37.98704	-1.13004	Europe/Madrid
2514256	Málaga	ES	\N	51	false	592346	36.72016	-4.42034	Europe/Madrid
2515270	Las Palmas de Gran Canaria	ES	\N	53	false	383516	28.10178	-15.41573	Atlantic/Canary
2519240	Córdoba	ES	\N	51	false	325708	37.89155	-4.77275	Europe/Madrid
2521978	Alicante	ES	\N	60	false	348901	38.34517	-0.48149	Europe/Madrid
3104324	Zaragoza	ES	\N	52	false	686986	41.65606	-0.87734	Europe/Madrid
3106672	Valladolid	ES	\N	55	false	300618	41.65541	-4.72353	Europe/Madrid
3117735	Madrid	ES	\N	29	true	3255944	40.4165	-3.70256	Europe/Madrid
3128026	Bilbao	ES	\N	59	false	347342	43.26271	-2.92528	Europe/Madrid
3128760	Barcelona	ES	\N	56	false	1686208	41.38879	2.15899	Europe/Madrid
326282	Warder	ET	\N	52	false	450400	6.97444	45.34083	Africa/Addis_Ababa
330186	Nazrēt	ET	\N	51	false	456900	8.55	39.26667	Africa/Addis_Ababa
331180	Mek'ele	ET	\N	53	false	457900	13.49667	39.47528	Africa/Addis_Ababa
333795	Jijiga	ET	\N	52	false	483000	9.35	42.8	Africa/Addis_Ababa
336014	Gonder	ET	\N	46	false	466000	12.6	37.46667	Africa/Addis_Ababa
338832	Dire Dawa	ET	\N	48	false	343000	9.59306	41.86611	Africa/Addis_Ababa
342884	Bahir Dar	ET	\N	46	false	350000	11.59364	37.39077	Africa/Addis_Ababa
343137	Awasa	ET	\N	SI	false	422200	7.06205	38.47635	Africa/Addis_Ababa
344979	Addis Ababa	ET	\N	44	true	3860000	9.02497	38.74689	Africa/Addis_Ababa
658225	Helsinki	FI	\N	01	true	658864	60.16952	24.93545	Europe/Helsinki
660158	Espoo	FI	\N	01	false	323910	60.2052	24.6522	Europe/Helsinki
2198148	Suva	FJ	\N	01	true	77366	-18.13683	178.42531	Pacific/Fiji
3426691	Stanley	FK	\N	00	true	2213	-51.69382	-57.85701	Atlantic/Stanley
2081986	Palikir	FM	\N	02	true	6942	6.92477	158.16109	Pacific/Pohnpei
2611396	Tórshavn	FO	\N	ST	true	13200	62.00973	-6.77164	Atlantic/Faroe
2972315	Toulouse	FR	\N	76	false	511684	43.60426	1.44367	Europe/Paris
2988507	Paris	FR	\N	11	true	2138551	48.85341	2.3488	Europe/Paris
2990440	Nice	FR	\N	93	false	342669	43.70313	7.26608	Europe/Paris
2990969	Nantes	FR	\N	52	false	325070	47.21725	-1.55336	Europe/Paris
2995469	Marseille	FR	\N	93	false	877215	43.29695	5.38107	Europe/Paris
2996944	Lyon	FR	\N	84	false	520774	45.74906	4.84789	Europe/Paris
12278193	Marne La Vallée	FR	\N	11	false	318325	48.83584	2.64241	Europe/Paris
2399697	Libreville	GA	\N	01	true	846090	0.39241	9.45356	Africa/Libreville
2636432	Swansea	GB	\N	WLS	false	300352	51.62079	-3.94323	Europe/London
2638077	Sheffield	GB	\N	ENG	false	556500	53.38297	-1.4659	Europe/London
2639577	Reading	GB	\N	ENG	false	318014	51.45625	-0.97113	Europe/London
2639912	Preston	GB	\N	ENG	false	313332	53.76282	-2.70452	Europe/London
2641170	Nottingham	GB	\N	ENG	false	323632	52.9536	-1.15047	Europe/London
2641673	Newcastle upon Tyne	GB	\N	ENG	false	300125	54.97328	-1.61396	Europe/London
2643123	Manchester	GB	\N	ENG	false	568996	53.48095	-2.23743	Europe/London
2643743	London	GB	\N	ENG	true	8961989	51.50853	-0.12574	Europe/London
2644210	Liverpool	GB	\N	ENG	false	496770	53.41058	-2.97794	Europe/London
2644668	Leicester	GB	\N	ENG	false	368600	52.6386	-1.13169	Europe/London
2644688	Leeds	GB	\N	ENG	false	536280	53.79648	-1.54785	Europe/London
2645425	Kingston upon Hull	GB	\N	ENG	false	314018	53.7446	-0.33525	Europe/London
2646003	Islington	GB	\N	ENG	false	319143	51.53622	-0.10304	Europe/London
2648579	Glasgow	GB	\N	SCT	false	626410	55.86515	-4.25763	Europe/London
2650225	Edinburgh	GB	\N	SCT	false	514990	55.95206	-3.19648	Europe/London
2652221	Coventry	GB	\N	ENG	false	345324	52.40656	-1.51217	Europe/London
2653822	Cardiff	GB	\N	WLS	false	372089	51.48	-3.18	Europe/London
2654675	Bristol	GB	\N	ENG	false	479024	51.45523	-2.59665	Europe/London
2654789	Brent	GB	\N	ENG	false	329100	51.55306	-0.3023	Europe/London
2654993	Bradford	GB	\N	ENG	false	366187	53.79391	-1.75206	Europe/London
2655603	Birmingham	GB	\N	ENG	false	1157603	52.48142	-1.89983	Europe/London
2655613	Birkenhead	GB	\N	ENG	false	325264	53.39337	-3.01479	Europe/London
2655984	Belfast	GB	\N	NIR	false	348005	54.59682	-5.92541	Europe/London
3579925	Saint George's	GD	\N	03	true	7500	12.05288	-61.75226	America/Grenada
611717	Tbilisi	GE	\N	51	true	1049498	41.69143	44.83412	Asia/Tbilisi
3382160	Cayenne	GF	\N	GF	true	61550	4.9381	-52.33455	America/Cayenne
3042287	Saint Peter Port	GG	\N	6417228	true	16488	49.45981	-2.53527	Europe/Guernsey
2294877	Tamale	GH	\N	06	false	464316	9.40079	-0.8393	Africa/Accra
2294915	Takoradi	GH	\N	09	false	389114	4.89816	-1.76029	Africa/Accra
2298890	Kumasi	GH	\N	02	false	2544530	6.68848	-1.62443	Africa/Accra
2306104	Accra	GH	\N	01	true	1963264	5.55602	-0.1969	Africa/Accra
2411585	Gibraltar	GI	\N	00	true	26544	36.14474	-5.35257	Europe/Gibraltar
3421319	Nuuk	GL	\N	07	true	14798	64.18347	-51.72157	America/Nuuk
2411989	Serekunda	GM	\N	01	false	340000	13.43833	-16.67806	Africa/Banjul
2413876	Banjul	GM	\N	01	true	37274	13.45274	-16.57803	Africa/Banjul
2422465	Conakry	GN	\N	04	true	1928389	9.53795	-13.67729	Africa/Conakry
2422488	Camayenne	GN	\N	04	false	1871242	9.535	-13.68778	Africa/Conakry
3579732	Basse-Terre	GP	\N	GP	true	11472	15.99714	-61.73214	America/Guadeloupe
12226438	Ciudad de la Paz	GQ	\N	10	true	2000	1.5925	10.82361	Africa/Malabo
264371	Athens	GR	\N	ESYE31	true	664046	37.98376	23.72784	Europe/Athens
734077	Thessaloníki	GR	\N	ESYE12	false	317778	40.64072	22.93493	Europe/Athens
3426466	Grytviken	GS	\N	00	true	2	-54.28111	-36.5092	Atlantic/South_Georgia
3587902	Villa Nueva	GT	\N	07	false	618397	14.52512	-90.58544	America/Guatemala
3592519	Mixco	GT	\N	07	false	465773	14.63077	-90.60711	America/Guatemala
3598132	Guatemala City	GT	\N	07	true	994938	14.64072	-90.51327	America/Guatemala
4044012	Hagåtña	GU	\N	AN	true	1051	13.47567	144.74886	Pacific/Guam
2374775	Bissau	GW	\N	11	true	439704	11.86357	-15.59767	Africa/Bissau
3378644	Georgetown	GY	\N	12	true	235017	6.80448	-58.15527	America/Guyana
1818209	Tsuen Wan	HK	\N	NTW	false	318916	22.37137	114.11329	Asia/Hong_Kong
1818304	Wong Tai Sin	HK	\N	KWT	false	425235	22.35	114.18333	Asia/Hong_Kong
1818446	Tuen Mun	HK	\N	NTM	false	507900	22.39175	113.97157	Asia/Hong_Kong
1818506	Tseung Kwan O	HK	\N	NSK	false	412900	22.32789	114.24992	Asia/Hong_Kong
1818920	Sha Tin	HK	\N	NST	false	495200	22.38333	114.18333	Asia/Hong_Kong
1818953	Sham Shui Po	HK	\N	KSS	false	431090	22.33023	114.15945	Asia/Hong_Kong
1819595	Kwai Chung	HK	\N	NKT	false	331600	22.36828	114.13877	Asia/Hong_Kong
1819607	Kowloon City	HK	\N	KKC	false	418732	22.33047	114.19222	Asia/Hong_Kong
1819609	Kowloon	HK	\N	00	false	2232339	22.31667	114.18333	Asia/Hong_Kong
1819729	Hong Kong	HK	\N	\N	true	7396076	22.27832	114.17469	Asia/Hong_Kong
1931681	Victoria	HK	\N	HCW	false	956800	22.2875	114.14417	Asia/Hong_Kong
12747063	New Territories	HK	\N	00	false	3984077	22.42441	114.11095	Asia/Hong_Kong
12747064	Hong Kong Island	HK	\N	00	false	1195529	22.26302	114.18419	Asia/Hong_Kong
3600949	Tegucigalpa	HN	\N	08	true	850848	14.0818	-87.20681	America/Tegucigalpa
3601782	San Pedro Sula	HN	\N	06	false	801259	15.50585	-88.02588	America/Tegucigalpa
3186886	Zagreb	HR	\N	21	true	663592	45.81444	15.97798	Europe/Zagreb
3718420	Port-de-Paix	HT	\N	03	false	306217	19.93984	-72.83037	America/Port-au-Prince
3718426	Port-au-Prince	HT	\N	11	true	1234742	18.54349	-72.33881	America/Port-au-Prince
3719028	Pétionville	HT	\N	11	false	376834	18.5125	-72.28528	America/Port-au-Prince
3726786	Delmas	HT	\N	11	false	395260	18.54478	-72.30036	America/Port-au-Prince
6201369	Carrefour	HT	\N	11	false	511345	18.53333	-72.4	America/Port-au-Prince
3046446	Pest	HU	\N	05	false	1001748	47.5	19.08333	Europe/Budapest
3054643	Budapest	HU	\N	05	true	1741041	47.49835	19.04045	Europe/Budapest
3054667	Buda	HU	\N	05	false	510108	47.5	19.03333	Europe/Budapest
1214189	Percut	ID	\N	26	false	311063	3.6253	98.864	Asia/Jakarta
1214520	Medan	ID	\N	26	false	2486283	3.58333	98.66667	Asia/Jakarta
1621177	Yogyakarta	ID	\N	10	false	375699	-7.80139	110.36472	Asia/Jakarta
1622786	Makassar	ID	\N	38	false	1474393	-5.14861	119.43194	Asia/Makassar
1624647	Tasikmalaya	ID	\N	30	false	770839	-7.3274	108.2207	Asia/Jakarta
1624917	Bandar Lampung	ID	\N	15	false	1166066	-5.42917	105.26111	Asia/Jakarta
1625084	Tangerang	ID	\N	33	false	1927815	-6.17806	106.63	Asia/Jakarta
1625812	Surakarta	ID	\N	07	false	526870	-7.55611	110.83167	Asia/Jakarta
1625822	Surabaya	ID	\N	08	false	3018022	-7.24917	112.75083	Asia/Jakarta
1626381	Sukabumi	ID	\N	30	false	365735	-6.91806	106.92667	Asia/Jakarta
1626801	Situbondo	ID	\N	08	false	685967	-7.70623	114.00976	Asia/Jakarta
1627549	Serang	ID	\N	33	false	735651	-6.11528	106.15417	Asia/Jakarta
1627896	Semarang	ID	\N	07	false	1694740	-6.99306	110.42083	Asia/Jakarta
1629001	Samarinda	ID	\N	14	false	865306	-0.49167	117.14583	Asia/Makassar
1630789	Pontianak	ID	\N	11	false	686019	-0.03194	109.325	Asia/Pontianak
1631761	Pekanbaru	ID	\N	37	false	1167599	0.51667	101.44167	Asia/Jakarta
1631766	Pekalongan	ID	\N	07	false	324564	-6.8886	109.6753	Asia/Jakarta
1633034	Palu	ID	\N	21	false	389959	-0.90833	119.87083	Asia/Makassar
1633070	Palembang	ID	\N	32	false	1801367	-2.91673	104.7458	Asia/Jakarta
1633118	Palangkaraya	ID	\N	13	false	318247	-2.20833	113.91667	Asia/Pontianak
1633419	Padang	ID	\N	24	false	942938	-0.94924	100.35427	Asia/Jakarta
1635882	Mataram	ID	\N	17	false	441147	-8.58333	116.11667	Asia/Makassar
1636544	Manado	ID	\N	31	false	458582	1.48218	124.84892	Asia/Makassar
1636722	Malang	ID	\N	08	false	889359	-7.9797	112.6304	Asia/Jakarta
1640344	Kendari	ID	\N	22	false	351085	-3.9778	122.51507	Asia/Makassar
1640660	Kediri	ID	\N	08	false	301424	-7.81667	112.01667	Asia/Jakarta
1641134	Karawang	ID	\N	30	false	307880	-6.30525	107.3197	Asia/Jakarta
1642548	Jepara	ID	\N	07	false	1257912	-6.5924	110.671	Asia/Jakarta
1642858	Jambi City	ID	\N	05	false	635101	-1.6	103.61667	Asia/Jakarta
1642911	Jakarta	ID	\N	04	true	8540121	-6.21462	106.84513	Asia/Jakarta
1645133	Dumai	ID	\N	37	false	349389	1.66711	101.44316	Asia/Jakarta
1645524	Depok	ID	\N	30	false	2163635	-6.4	106.81861	Asia/Jakarta
1645528	Denpasar	ID	\N	02	false	670210	-8.65	115.21667	Asia/Makassar
1646170	Cirebon	ID	\N	30	false	344851	-6.7063	108.557	Asia/Jakarta
1646448	Cimahi	ID	\N	30	false	581994	-6.87222	107.5425	Asia/Jakarta
1646511	Cilegon	ID	\N	33	false	470378	-6.0144	106.0542	Asia/Jakarta
1647003	Cibinong	ID	\N	30	false	363424	-6.48167	106.85417	Asia/Jakarta
1648473	Bogor	ID	\N	30	false	1078351	-6.59444	106.78917	Asia/Jakarta
1649150	Bengkulu	ID	\N	03	false	397321	-3.80044	102.26554	Asia/Jakarta
1649378	Bekasi	ID	\N	30	false	2648272	-6.2349	106.9896	Asia/Jakarta
1650213	Banjarmasin	ID	\N	12	false	657663	-3.31987	114.59075	Asia/Makassar
1650357	Bandung	ID	\N	30	false	2528163	-6.92222	107.60694	Asia/Jakarta
1650527	Balikpapan	ID	\N	14	false	695287	-1.26753	116.82887	Asia/Makassar
1651531	Ambon	ID	\N	28	false	347288	-3.69583	128.18333	Asia/Jayapura
2057087	Kupang	ID	\N	18	false	474801	-10.17083	123.60694	Asia/Makassar
2082600	Jayapura	ID	\N	36	false	410852	-2.53371	140.71813	Asia/Jayapura
6295587	Batam	ID	\N	37	false	1296960	1.14937	104.02491	Asia/Jakarta
8581443	South Tangerang	ID	\N	33	false	1429529	-6.28862	106.71789	Asia/Jakarta
2964574	Dublin	IE	\N	L	true	1024027	53.33306	-6.24889	Europe/Dublin
6697759	South Dublin	IE	\N	L	false	301075	53.29026	-6.34151	Europe/Dublin
281184	Jerusalem	IL	\N	06	true	971800	31.76904	35.21633	Asia/Jerusalem
293397	Tel Aviv	IL	\N	05	false	432892	32.08088	34.78057	Asia/Jerusalem
7498240	West Jerusalem	IL	\N	06	false	400000	31.78199	35.21961	Asia/Jerusalem
3042237	Douglas	IM	\N	9782170	true	26218	54.15	-4.48333	Europe/Isle_of_Man
1252948	Warangal	IN	\N	40	false	704570	18.0	79.58333	Asia/Kolkata
1253102	Visakhapatnam	IN	\N	02	false	1063178	17.68009	83.20161	Asia/Kolkata
1253133	Virār	IN	\N	16	false	1222390	19.45591	72.81136	Asia/Kolkata
1253184	Vijayawada	IN	\N	02	false	1143232	16.50745	80.6466	Asia/Kolkata
1253286	Vellore	IN	\N	25	false	484690	12.9184	79.13255	Asia/Kolkata
1253405	Varanasi	IN	\N	36	false	1164404	25.31668	83.01041	Asia/Kolkata
1253573	Vadodara	IN	\N	09	false	1822221	22.29941	73.20812	Asia/Kolkata
1253894	Ulhasnagar	IN	\N	16	false	516584	19.21667	73.15	Asia/Kolkata
1253914	Ujjain	IN	\N	35	false	515215	23.18239	75.77643	Asia/Kolkata
1253986	Udaipur	IN	\N	24	false	451100	24.58584	73.71346	Asia/Kolkata
1254089	Tumkūr	IN	\N	19	false	307359	13.34136	77.1022	Asia/Kolkata
1254163	Thiruvananthapuram	IN	\N	13	false	788271	8.4855	76.94924	Asia/Kolkata
1254187	Thrissur	IN	\N	13	false	315957	10.51667	76.21667	Asia/Kolkata
1254348	Tiruppur	IN	\N	25	false	963173	11.11541	77.35456	Asia/Kolkata
1254361	Tirunelveli	IN	\N	25	false	1435844	8.72742	77.6838	Asia/Kolkata
1254388	Tiruchirappalli	IN	\N	25	false	1022518	10.8155	78.69651	Asia/Kolkata
1254661	Thāne	IN	\N	16	false	1841488	19.19704	72.96355	Asia/Kolkata
1254745	Teni	IN	\N	25	false	1034724	10.01115	77.47772	Asia/Kolkata
1255364	Surat	IN	\N	09	false	4591246	21.19594	72.83023	Asia/Kolkata
1255634	Srinagar	IN	\N	12	false	1206419	34.08565	74.80555	Asia/Kolkata
1255783	Rajpur Sonarpur	IN	\N	28	false	424368	22.4382	88.43205	Asia/Kolkata
1256409	Shyamnagar	IN	\N	28	false	441956	22.83333	88.36667	Asia/Kolkata
1256436	Sholapur	IN	\N	16	false	997281	17.67152	75.91044	Asia/Kolkata
1256515	Shivamogga	IN	\N	19	false	322650	13.93157	75.56791	Asia/Kolkata
1256525	Siliguri	IN	\N	28	false	515574	26.71004	88.42851	Asia/Kolkata
1256728	Shāhjānpur	IN	\N	36	false	320434	27.88165	79.90918	Asia/Kolkata
1257416	Sāngli	IN	\N	16	false	601214	16.85438	74.56417	Asia/Kolkata
1257629	Salem	IN	\N	25	false	917414	11.65376	78.15538	Asia/Kolkata
1257806	Sahāranpur	IN	\N	36	false	484873	29.9679	77.54522	Asia/Kolkata
1258076	Rohtak	IN	\N	10	false	374292	28.89447	76.58917	Asia/Kolkata
1258393	Rasapūdipalem	IN	\N	02	false	1728128	17.73308	83.31622	Asia/Kolkata
1258526	Ranchi	IN	\N	38	false	1120374	23.34316	85.3094	Asia/Kolkata
1258662	Rāmgundam	IN	\N	40	false	452261	18.80084	79.45206	Asia/Kolkata
1258847	Rājkot	IN	\N	09	false	1390640	22.29161	70.79322	Asia/Kolkata
1258932	Rajamahendravaram	IN	\N	02	false	376333	17.00517	81.77784	Asia/Kolkata
1258980	Raipur	IN	\N	37	false	1027264	21.23333	81.63333	Asia/Kolkata
1259091	Kollam	IN	\N	13	false	367107	8.88113	76.58469	Asia/Kolkata
1259229	Pune	IN	\N	16	false	3124458	18.51957	73.85535	Asia/Kolkata
1259239	Punāsa	IN	\N	35	false	350000	22.23507	76.39335	Asia/Kolkata
1259425	Puducherry	IN	\N	22	false	657209	11.93381	79.82979	Asia/Kolkata
1259652	Pimpri	IN	\N	16	false	1284606	18.62292	73.80696	Asia/Kolkata
1260086	Patna	IN	\N	34	false	1684297	25.59408	85.13563	Asia/Kolkata
1260107	Patiāla	IN	\N	23	false	446246	30.33625	76.3922	Asia/Kolkata
1260341	Parbhani	IN	\N	16	false	307170	19.26855	76.77081	Asia/Kolkata
1260482	Pānihāti	IN	\N	28	false	378705	22.69089	88.37404	Asia/Kolkata
1261162	Nowrangapur	IN	\N	21	false	1220946	19.23114	82.54826	Asia/Kolkata
1261258	Nizāmābād	IN	\N	40	false	311152	18.67154	78.0988	Asia/Kolkata
1261481	New Delhi	IN	\N	07	true	317797	28.62137	77.2148	Asia/Kolkata
1261529	Nellore	IN	\N	02	false	547621	14.44992	79.98697	Asia/Kolkata
1261731	Nashik	IN	\N	16	false	1486053	19.99727	73.79096	Asia/Kolkata
1261809	Narela	IN	\N	07	false	800000	28.85267	77.09288	Asia/Kolkata
1261977	Nanded	IN	\N	16	false	550564	19.16023	77.31497	Asia/Kolkata
1262111	Najafgarh	IN	\N	07	false	1365000	28.60922	76.97982	Asia/Kolkata
1262180	Nagpur	IN	\N	16	false	2405665	21.14631	79.08491	Asia/Kolkata
1262321	Mysuru	IN	\N	19	false	920550	12.29791	76.63925	Asia/Kolkata
1262330	Muzaffarpur	IN	\N	34	false	354462	26.12259	85.39055	Asia/Kolkata
1262332	Muzaffarnagar	IN	\N	36	false	349706	29.47091	77.70332	Asia/Kolkata
1262801	Morādābād	IN	\N	36	false	721139	28.83893	78.77684	Asia/Kolkata
1263214	Meerut	IN	\N	36	false	1223184	28.98002	77.70636	Asia/Kolkata
1263364	Mathura	IN	\N	36	false	330511	27.5035	77.67215	Asia/Kolkata
1263780	Mangaluru	IN	\N	19	false	499487	12.91723	74.85603	Asia/Kolkata
1264115	Malegaon	IN	\N	16	false	481228	20.54966	74.53462	Asia/Kolkata
1264521	Madurai	IN	\N	25	false	1465625	9.919	78.11953	Asia/Kolkata
1264527	Chennai	IN	\N	25	false	4681087	13.08784	80.27847	Asia/Kolkata
1264728	Ludhiana	IN	\N	23	false	1618879	30.91204	75.85379	Asia/Kolkata
1264733	Lucknow	IN	\N	36	false	2472011	26.83928	80.92313	Asia/Kolkata
1264773	Loni	IN	\N	36	false	516082	28.75143	77.29023	Asia/Kolkata
1265014	Latur	IN	\N	16	false	382940	18.39721	76.56784	Asia/Kolkata
1265491	Kurnool	IN	\N	02	false	460184	15.82887	78.03602	Asia/Kolkata
1265711	Kulti	IN	\N	28	false	305405	23.73166	86.84372	Asia/Kolkata
1265767	Kukatpally	IN	\N	40	false	341709	17.48486	78.41376	Asia/Kolkata
1265873	Kozhikode	IN	\N	13	false	550440	11.24802	75.7804	Asia/Kolkata
1266049	Kota	IN	\N	24	false	1001694	25.18254	75.83907	Asia/Kolkata
1266122	Korba	IN	\N	37	false	419146	22.3458	82.69633	Asia/Kolkata
1266285	Kolhāpur	IN	\N	16	false	549236	16.69563	74.23167	Asia/Kolkata
1267696	Karol Bāgh	IN	\N	07	false	505241	28.65136	77.19072	Asia/Kolkata
1267708	Karnāl	IN	\N	10	false	302140	29.69197	76.98448	Asia/Kolkata
1267995	Kanpur	IN	\N	36	false	2823249	26.46523	80.34975	Asia/Kolkata
1268257	Kāmārhāti	IN	\N	28	false	332965	22.67111	88.37472	Asia/Kolkata
1268295	Kalyān	IN	\N	16	false	1262255	19.2437	73.13554	Asia/Kolkata
1268561	Kākināda	IN	\N	02	false	384182	16.96036	82.23809	Asia/Kolkata
1268773	Jūnāgadh	IN	\N	09	false	319462	21.51966	70.45981	Asia/Kolkata
1268782	Jalandhar	IN	\N	23	false	868929	31.32556	75.57917	Asia/Kolkata
1268865	Jodhpur	IN	\N	24	false	1056191	26.26841	73.00594	Asia/Kolkata
1269006	Jhānsi	IN	\N	36	false	412927	25.45887	78.57994	Asia/Kolkata
1269300	Jamshedpur	IN	\N	38	false	1339438	22.80278	86.18545	Asia/Kolkata
1269317	Jamnagar	IN	\N	09	false	600943	22.47292	70.06673	Asia/Kolkata
1269321	Jammu	IN	\N	12	false	576198	32.73528	74.86167	Asia/Kolkata
1269407	Jalgaon	IN	\N	16	false	460228	21.00292	75.56602	Asia/Kolkata
1269515	Jaipur	IN	\N	24	false	3046163	26.91962	75.78781	Asia/Kolkata
1269633	Jabalpur	IN	\N	35	false	1081677	23.16697	79.95006	Asia/Kolkata
1269743	Indore	IN	\N	35	false	1994397	22.71792	75.8333	Asia/Kolkata
1269843	Hyderabad	IN	\N	40	false	6993262	17.38405	78.45636	Asia/Kolkata
1269920	Hubballi	IN	\N	19	false	943788	15.34776	75.13378	Asia/Kolkata
1270022	Hisar	IN	\N	10	false	307024	29.15394	75.72294	Asia/Kolkata
1270396	Howrah	IN	\N	28	false	1027672	22.57688	88.31857	Asia/Kolkata
1270583	Gwalior	IN	\N	35	false	1054420	26.22983	78.17337	Asia/Kolkata
1270642	Gurugram	IN	\N	10	false	886519	28.4601	77.02635	Asia/Kolkata
1270668	Guntur	IN	\N	02	false	670073	16.29974	80.45729	Asia/Kolkata
1270752	Kalaburagi	IN	\N	19	false	543147	17.33583	76.83757	Asia/Kolkata
1270926	Gorakhpur	IN	\N	10	false	1324570	29.44768	75.67206	Asia/Kolkata
1270927	Gorakhpur	IN	\N	36	false	674246	26.76628	83.36889	Asia/Kolkata
1271308	Ghāziābād	IN	\N	36	false	1199191	28.66535	77.43915	Asia/Kolkata
1271439	Gaya	IN	\N	34	false	474093	24.79686	85.00385	Asia/Kolkata
1271476	Guwahati	IN	\N	03	false	962334	26.1844	91.7458	Asia/Kolkata
1271885	Fīrozābād	IN	\N	36	false	306409	27.15092	78.39781	Asia/Kolkata
1271951	Faridabad	IN	\N	10	false	1414050	28.41124	77.31316	Asia/Kolkata
1272013	Erode	IN	\N	25	false	521891	11.3428	77.72741	Asia/Kolkata
1272175	Durgapur	IN	\N	28	false	518872	23.51583	87.30801	Asia/Kolkata
1272423	Dombivali	IN	\N	16	false	1247327	19.21667	73.08333	Asia/Kolkata
1272691	Dhule	IN	\N	16	false	375559	20.9013	74.77737	Asia/Kolkata
1272866	Dhārāvi	IN	\N	16	false	700000	19.05	72.86667	Asia/Kolkata
1272979	Dhanbad	IN	\N	38	false	1196214	23.79759	86.42992	Asia/Kolkata
1273294	Delhi	IN	\N	07	false	11034555	28.65195	77.23149	Asia/Kolkata
1273313	Dehradun	IN	\N	39	false	522081	30.32443	78.03392	Asia/Kolkata
1273368	Davangere	IN	\N	19	false	435128	14.46693	75.92694	Asia/Kolkata
1273780	Cuttack	IN	\N	21	false	610189	20.46497	85.87927	Asia/Kolkata
1273800	Kadapa	IN	\N	02	false	344893	14.47995	78.82346	Asia/Kolkata
1273865	Coimbatore	IN	\N	25	false	2136916	11.00555	76.96612	Asia/Kolkata
1273874	Kochi	IN	\N	13	false	633553	9.93988	76.26022	Asia/Kolkata
1274693	Chānda	IN	\N	16	false	328351	19.95076	79.29523	Asia/Kolkata
1274746	Chandigarh	IN	\N	05	false	970602	30.73629	76.7884	Asia/Kolkata
1275004	Kolkata	IN	\N	28	false	4631392	22.56263	88.36304	Asia/Kolkata
1275198	Brahmapur	IN	\N	21	false	356598	19.31151	84.7929	Asia/Kolkata
1275248	Borivli	IN	\N	16	false	609617	19.23496	72.85976	Asia/Kolkata
1275339	Mumbai	IN	\N	16	false	12691836	19.07283	72.88261	Asia/Kolkata
1275362	Bokāro	IN	\N	38	false	564319	23.66934	86.15161	Asia/Kolkata
1275610	Bilimora	IN	\N	09	false	510879	20.76957	72.96134	Asia/Kolkata
1275637	Bilāspur	IN	\N	37	false	365579	22.08005	82.15543	Asia/Kolkata
1275665	Bikaner	IN	\N	24	false	644406	28.01762	73.31495	Asia/Kolkata
1275701	Vijayapura	IN	\N	19	false	327427	16.82442	75.71537	Asia/Kolkata
1275817	Bhubaneswar	IN	\N	21	false	885363	20.27241	85.83385	Asia/Kolkata
1275841	Bhopal	IN	\N	35	false	1798218	23.25469	77.40289	Asia/Kolkata
1275901	Bhiwandi	IN	\N	16	false	874032	19.30023	73.05881	Asia/Kolkata
1275960	Bhilwara	IN	\N	24	false	359483	25.34707	74.64081	Asia/Kolkata
1275971	Bhilai	IN	\N	37	false	627734	21.20919	81.4285	Asia/Kolkata
1276014	Bhayandar	IN	\N	16	false	809378	19.30157	72.85107	Asia/Kolkata
1276032	Bhavnagar	IN	\N	09	false	605882	21.76287	72.15331	Asia/Kolkata
1276058	Bhātpāra	IN	\N	28	false	483129	22.86643	88.40113	Asia/Kolkata
1276300	Bhāgalpur	IN	\N	34	false	400146	25.24446	86.97183	Asia/Kolkata
1276509	Ballari	IN	\N	19	false	410445	15.14205	76.92398	Asia/Kolkata
1276533	Belagavi	IN	\N	19	false	490045	15.85212	74.50447	Asia/Kolkata
1277013	Bareilly	IN	\N	36	false	745435	28.36678	79.43167	Asia/Kolkata
1277029	Barddhamān	IN	\N	28	false	301725	23.25572	87.85691	Asia/Kolkata
1277333	Bengaluru	IN	\N	19	false	8495492	12.97194	77.59369	Asia/Kolkata
1278130	Avadi	IN	\N	25	false	345996	13.1147	80.10981	Asia/Kolkata
1278149	Aurangabad	IN	\N	16	false	1175116	19.87757	75.34226	Asia/Kolkata
1278314	Āsansol	IN	\N	28	false	504271	23.68333	86.98333	Asia/Kolkata
1278710	Amritsar	IN	\N	23	false	1159227	31.62234	74.87534	Asia/Kolkata
1278718	Amravati	IN	\N	16	false	647057	20.93333	77.75	Asia/Kolkata
1278840	Ambattur	IN	\N	25	false	466205	13.09818	80.16152	Asia/Kolkata
1278946	Alwar	IN	\N	24	false	322568	27.56246	76.625	Asia/Kolkata
1278994	Prayagraj	IN	\N	36	false	1073438	25.44478	81.84322	Asia/Kolkata
1279017	Alīgarh	IN	\N	36	false	753207	27.88145	78.07464	Asia/Kolkata
1279105	Akola	IN	\N	16	false	428857	20.70957	76.9981	Asia/Kolkata
1279159	Ajmer	IN	\N	24	false	542321	26.4521	74.63867	Asia/Kolkata
1279228	Ahilyanagar	IN	\N	16	false	367140	19.09457	74.73843	Asia/Kolkata
1279233	Ahmedabad	IN	\N	09	false	6357693	23.02579	72.58727	Asia/Kolkata
1279259	Agra	IN	\N	36	false	1430055	27.18333	78.01667	Asia/Kolkata
1279290	Agartala	IN	\N	26	false	400004	23.83605	91.27939	Asia/Kolkata
1348843	Maheshtala	IN	\N	28	false	448317	22.50862	88.25322	Asia/Kolkata
6619347	Navi Mumbai	IN	\N	16	false	2600000	19.03681	73.01582	Asia/Kolkata
6943660	Shivaji Nagar	IN	\N	16	false	1000000	18.53017	73.85263	Asia/Kolkata
7626690	Pimpri-Chinchwad	IN	\N	16	false	1727692	18.61867	73.80375	Asia/Kolkata
8629640	Thoothukudi	IN	\N	25	false	410760	8.76735	78.13425	Asia/Kolkata
10581114	Jājmau	IN	\N	36	false	652831	26.4304	80.4095	Asia/Kolkata
11679708	Gundupālaiyam	IN	\N	22	false	300104	11.94096	79.80294	Asia/Kolkata
12069922	Rohini	IN	\N	07	false	860000	28.74322	77.06778	Asia/Kolkata
12165956	Kallakurichi	IN	\N	25	false	1682687	11.73379	78.95925	Asia/Kolkata
12501153	Kanayannur	IN	\N	13	false	851406	9.96667	76.26667	Asia/Kolkata
94787	Kirkuk	IQ	\N	13	false	1031000	35.46806	44.39222	Asia/Baghdad
94824	Karbala	IQ	\N	12	false	1218732	32.61603	44.02488	Asia/Baghdad
95446	Erbil	IQ	\N	11	false	1612700	36.19117	44.00943	Asia/Baghdad
96994	Dihok	IQ	\N	08	false	340900	36.86608	42.9879	Asia/Baghdad
98182	Baghdad	IQ	\N	07	true	7216000	33.34058	44.40088	Asia/Baghdad
98463	Sulaymaniyah	IQ	\N	05	false	878146	35.56496	45.4329	Asia/Baghdad
98854	Nasiriyah	IQ	\N	09	false	558400	31.05799	46.25726	Asia/Baghdad
98860	Najaf	IQ	\N	17	false	482576	32.02594	44.34625	Asia/Baghdad
99071	Al Mawşil al Jadīdah	IQ	\N	15	false	2065597	36.33271	43.10555	Asia/Baghdad
99072	Mosul	IQ	\N	15	false	1683000	36.335	43.11889	Asia/Baghdad
99100	Al Maḩmūdīyah	IQ	\N	07	false	350000	33.06221	44.36564	Asia/Baghdad
99131	Al-Kut	IQ	\N	16	false	315162	32.5128	45.81817	Asia/Baghdad
99347	Al Hillah	IQ	\N	06	false	455700	32.46367	44.41963	Asia/Baghdad
99532	Basrah	IQ	\N	02	false	1326564	30.50852	47.7804	Asia/Baghdad
99608	Al ‘Amārah	IQ	\N	14	false	323302	31.83561	47.14483	Asia/Baghdad
99762	Al Diwaniyah	IQ	\N	04	false	318801	31.99289	44.92552	Asia/Baghdad
100077	Abū Ghurayb	IQ	\N	07	false	900000	33.30563	44.18477	Asia/Baghdad
388349	Al Başrah al Qadīmah	IQ	\N	02	false	2015483	30.50316	47.81507	Asia/Baghdad
7802746	Sadr City	IQ	\N	07	false	1211849	33.3889	44.4583	Asia/Baghdad
13631407	Abū al-Kahṣīb	IQ	\N	02	false	357771	30.4431	47.87802	Asia/Baghdad
111453	Zanjan	IR	\N	36	false	357471	36.67642	48.49628	Asia/Tehran
111822	Yazd	IR	\N	40	false	477905	31.89722	54.3675	Asia/Tehran
112931	Tehran	IR	\N	26	true	7153309	35.69439	51.42151	Asia/Tehran
113646	Tabriz	IR	\N	33	false	1424641	38.08	46.2919	Asia/Tehran
115019	Shiraz	IR	\N	07	false	1249942	29.61031	52.53113	Asia/Tehran
117574	Sanandaj	IR	\N	16	false	349176	35.31495	46.99883	Asia/Tehran
118743	Rasht	IR	\N	08	false	594590	37.27611	49.58862	Asia/Tehran
119208	Qom	IR	\N	39	false	900000	34.6401	50.8764	Asia/Tehran
119505	Qazvin	IR	\N	38	false	333635	36.26877	50.0041	Asia/Tehran
120292	Qods	IR	\N	26	false	309605	35.7214	51.109	Asia/Tehran
121801	Orūmīyeh	IR	\N	01	false	577307	37.55274	45.07605	Asia/Tehran
124665	Mashhad	IR	\N	42	false	2307177	36.29807	59.60567	Asia/Tehran
127319	Khorramshahr	IR	\N	15	false	330606	30.44079	48.18428	Asia/Tehran
127349	Khorramabad	IR	\N	23	false	329825	33.48778	48.35583	Asia/Tehran
128226	Kermanshah	IR	\N	13	false	621100	34.31417	47.065	Asia/Tehran
128234	Kerman	IR	\N	29	false	577514	30.28321	57.07879	Asia/Tehran
128476	Kashan	IR	\N	28	false	304487	33.98237	51.42769	Asia/Tehran
128747	Karaj	IR	\N	44	false	1448075	35.83266	50.99155	Asia/Tehran
132144	Hamadān	IR	\N	09	false	528256	34.79922	48.51456	Asia/Tehran
141681	Bandar Abbas	IR	\N	11	false	352173	27.1865	56.2808	Asia/Tehran
143083	Ardabīl	IR	\N	32	false	410753	38.2498	48.2933	Asia/Tehran
143127	Arāk	IR	\N	34	false	503647	34.09493	49.69809	Asia/Tehran
143860	Shahrīār	IR	\N	26	false	309607	35.65884	51.05775	Asia/Tehran
144448	Ahvaz	IR	\N	15	false	841145	31.31901	48.6842	Asia/Tehran
418863	Isfahan	IR	\N	28	false	1547164	32.65246	51.67462	Asia/Tehran
449504	Eslamshahr	IR	\N	26	false	450000	35.55222	51.23504	Asia/Tehran
1159301	Zahedan	IR	\N	04	false	551980	29.4963	60.8629	Asia/Tehran
6861211	Kāshān	IR	\N	28	false	304487	34.00228	51.43879	Asia/Tehran
3413829	Reykjavík	IS	\N	39	true	118918	64.13548	-21.89541	Atlantic/Reykjavik
2523920	Palermo	IT	\N	15	false	648260	38.1166	13.3636	Europe/Rome
2525068	Catania	IT	\N	15	false	311584	37.49223	15.07041	Europe/Rome
3165524	Turin	IT	\N	12	false	847287	45.07049	7.68682	Europe/Rome
3169070	Rome	IT	\N	07	true	2318895	41.89193	12.51133	Europe/Rome
3172394	Naples	IT	\N	04	false	909048	40.85216	14.26811	Europe/Rome
3173435	Milan	IT	\N	09	false	1371498	45.46427	9.18951	Europe/Rome
3176219	Genoa	IT	\N	08	false	580097	44.40478	8.94439	Europe/Rome
3176959	Florence	IT	\N	16	false	367150	43.77925	11.24626	Europe/Rome
3181928	Bologna	IT	\N	05	false	394843	44.49381	11.33875	Europe/Rome
3182351	Bari	IT	\N	13	false	316491	41.12066	16.86982	Europe/Rome
3042091	Saint Helier	JE	\N	3237864	true	28000	49.18804	-2.10491	Europe/Jersey
3489297	New Kingston	JM	\N	08	false	583958	18.00747	-76.78319	America/Jamaica
3489854	Kingston	JM	\N	17	true	937700	17.99702	-76.79358	America/Jamaica
248946	Irbid	JO	\N	18	false	569068	32.55556	35.85	Asia/Amman
250090	Zarqa	JO	\N	17	false	792665	32.07275	36.08796	Asia/Amman
250441	Amman	JO	\N	16	true	1275857	31.95522	35.94503	Asia/Amman
1847966	Akashi	JP	\N	13	false	303601	34.65524	135.00687	Asia/Tokyo
1848313	Yokosuka	JP	\N	19	false	409478	35.28361	139.66722	Asia/Tokyo
1848354	Yokohama	JP	\N	19	false	3777491	35.43333	139.65	Asia/Tokyo
1848373	Yokkaichi	JP	\N	23	false	305424	34.96667	136.61667	Asia/Tokyo
1849053	Utsunomiya	JP	\N	38	false	518757	36.56667	139.88333	Asia/Tokyo
1849814	Toyota	JP	\N	01	false	426162	35.08333	137.15	Asia/Tokyo
1849837	Toyonaka	JP	\N	32	false	401558	34.78244	135.46932	Asia/Tokyo
1849846	Toyohashi	JP	\N	01	false	377453	34.76667	137.38333	Asia/Tokyo
1849876	Toyama	JP	\N	42	false	415844	36.7	137.21667	Asia/Tokyo
1850147	Tokyo	JP	\N	40	true	9733276	35.6895	139.69171	Asia/Tokyo
1850181	Tokorozawa	JP	\N	34	false	344194	35.79916	139.46903	Asia/Tokyo
1850910	Takatsuki	JP	\N	32	false	354468	34.84833	135.61678	Asia/Tokyo
1851002	Takasaki	JP	\N	10	false	372973	36.33333	139.01667	Asia/Tokyo
1851100	Takamatsu	JP	\N	17	false	418994	34.33333	134.05	Asia/Tokyo
1851483	Suita	JP	\N	32	false	385567	34.76143	135.51567	Asia/Tokyo
1851717	Shizuoka	JP	\N	37	false	693389	34.98333	138.38333	Asia/Tokyo
1852139	Shinagawa	JP	\N	05	false	422488	33.63627	133.00572	Asia/Tokyo
1852383	Minato	JP	\N	43	false	375339	34.2152	135.1501	Asia/Tokyo
1853195	Sakai	JP	\N	32	false	826161	34.58216	135.46653	Asia/Tokyo
1853574	Ōtsu	JP	\N	35	false	345070	35.0	135.86667	Asia/Tokyo
1853909	Osaka	JP	\N	32	false	2753862	34.69379	135.50107	Asia/Tokyo
1854376	Okazaki	JP	\N	01	false	384654	34.95	137.16667	Asia/Tokyo
1854383	Okayama	JP	\N	31	false	724691	34.65	133.93333	Asia/Tokyo
1854487	Ōita	JP	\N	30	false	477715	33.23333	131.6	Asia/Tokyo
1855207	Nishinomiya	JP	\N	13	false	485587	34.71562	135.33199	Asia/Tokyo
1855431	Niigata	JP	\N	29	false	797591	37.92259	139.04125	Asia/Tokyo
1855612	Nara-shi	JP	\N	28	false	367353	34.68505	135.80485	Asia/Tokyo
1856035	Naha	JP	\N	47	false	317625	26.213	127.67851	Asia/Tokyo
1856057	Nagoya	JP	\N	01	false	2332176	35.18147	136.90641	Asia/Tokyo
1856177	Nagasaki	JP	\N	27	false	409118	32.75	129.88333	Asia/Tokyo
1856215	Nagano	JP	\N	26	false	372760	36.65	138.18333	Asia/Tokyo
1856717	Miyazaki	JP	\N	25	false	401339	31.91667	131.41667	Asia/Tokyo
1857553	Matsudo	JP	\N	04	false	498575	35.77995	139.90144	Asia/Tokyo
1857843	Maebashi	JP	\N	10	false	332149	36.4	139.08333	Asia/Tokyo
1857871	Machida	JP	\N	40	false	431079	35.54028	139.45083	Asia/Tokyo
1857910	Kyoto	JP	\N	22	false	1463723	35.02107	135.75385	Asia/Tokyo
1858088	Kurume	JP	\N	07	false	303579	33.31667	130.51667	Asia/Tokyo
1858311	Kurashiki	JP	\N	31	false	483576	34.58333	133.76667	Asia/Tokyo
1858421	Kumamoto	JP	\N	21	false	738907	32.80589	130.69181	Asia/Tokyo
1858729	Koshigaya	JP	\N	34	false	345353	35.89035	139.78916	Asia/Tokyo
1859146	Kochi	JP	\N	20	false	332059	33.55	133.53333	Asia/Tokyo
1859171	Kobe	JP	\N	13	false	1525152	34.6913	135.183	Asia/Tokyo
1859307	Kitakyushu	JP	\N	07	false	940978	33.85181	130.85034	Asia/Tokyo
1859642	Kawasaki	JP	\N	19	false	1538262	35.52056	139.71722	Asia/Tokyo
1859730	Kawaguchi	JP	\N	34	false	607373	35.80521	139.71072	Asia/Tokyo
1859740	Kawagoe	JP	\N	34	false	354571	35.90861	139.48528	Asia/Tokyo
1859891	Kasugai	JP	\N	01	false	308681	35.24762	136.97229	Asia/Tokyo
1859924	Kashiwa	JP	\N	04	false	433436	35.86224	139.97732	Asia/Tokyo
1860243	Kanazawa	JP	\N	15	false	466029	36.6	136.61667	Asia/Tokyo
1860827	Kagoshima	JP	\N	18	false	595049	31.56667	130.55	Asia/Tokyo
1861321	Itabashi	JP	\N	40	false	584483	35.74893	139.71497	Asia/Tokyo
1861949	Ichinomiya	JP	\N	01	false	380073	35.3	136.8	Asia/Tokyo
1862415	Hiroshima	JP	\N	11	false	1200754	34.4	132.45	Asia/Tokyo
1862540	Hirakata	JP	\N	32	false	406331	34.81352	135.64914	Asia/Tokyo
1862627	Himeji	JP	\N	13	false	530495	34.81667	134.7	Asia/Tokyo
1862752	Higashiosaka	JP	\N	32	false	493940	34.66667	135.58333	Asia/Tokyo
1863289	Hamamatsu	JP	\N	37	false	791707	34.7	137.73333	Asia/Tokyo
1863440	Hachiōji	JP	\N	40	false	579355	35.65583	139.32389	Asia/Tokyo
1863641	Gifu	JP	\N	09	false	402557	35.42291	136.76039	Asia/Tokyo
1863905	Honchō	JP	\N	04	false	644668	35.70129	139.98648	Asia/Tokyo
1863917	Fukuyama	JP	\N	11	false	468812	34.48333	133.36667	Asia/Tokyo
1863967	Fukuoka	JP	\N	07	false	1612392	33.6	130.41667	Asia/Tokyo
1864092	Fujisawa	JP	\N	19	false	439728	35.34926	139.47666	Asia/Tokyo
1865387	Amagasaki	JP	\N	13	false	459593	34.71667	135.41667	Asia/Tokyo
1865689	Aihara	JP	\N	19	false	725493	35.6	139.31667	Asia/Tokyo
1926004	Wakayama	JP	\N	43	false	356729	34.23333	135.16667	Asia/Tokyo
1926099	Matsuyama	JP	\N	05	false	511192	33.83916	132.76574	Asia/Tokyo
2111149	Sendai	JP	\N	24	false	1096704	38.26667	140.86667	Asia/Tokyo
2112141	Kōriyama	JP	\N	08	false	327692	37.4	140.38333	Asia/Tokyo
2112539	Iwaki	JP	\N	08	false	357309	37.05	140.88333	Asia/Tokyo
2113015	Chiba	JP	\N	04	false	979768	35.6	140.11667	Asia/Tokyo
2113126	Akita	JP	\N	02	false	307672	39.71667	140.11667	Asia/Tokyo
2128295	Sapporo	JP	\N	12	false	1973832	43.06667	141.35	Asia/Tokyo
2130629	Asahikawa	JP	\N	12	false	333530	43.77063	142.36489	Asia/Tokyo
6940394	Saitama	JP	\N	34	false	1324854	35.90807	139.65657	Asia/Tokyo
8469284	Katsushika	JP	\N	40	false	453093	35.73333	139.85	Asia/Tokyo
8469285	Kita	JP	\N	40	false	332140	35.75264	139.73348	Asia/Tokyo
8469289	Ōta	JP	\N	40	false	748081	35.56126	139.71605	Asia/Tokyo
8572994	Toshima	JP	\N	40	false	301599	35.76126	139.74491	Asia/Tokyo
8715035	Nakano	JP	\N	40	false	344880	35.70449	139.66946	Asia/Tokyo
10987897	Adachi	JP	\N	40	false	695043	35.76318	139.80761	Asia/Tokyo
11071717	Edogawe	JP	\N	40	false	697932	35.69225	139.87308	Asia/Tokyo
11209896	Kotō	JP	\N	21	false	543730	32.77856	130.74537	Asia/Tokyo
11611609	Sagamihara	JP	\N	19	false	720780	35.56707	139.24167	Asia/Tokyo
11790342	Setagaya	JP	\N	40	false	940071	35.64188	139.64715	Asia/Tokyo
11790353	Shinjuku	JP	\N	40	false	349385	35.69115	139.70854	Asia/Tokyo
11836117	Suginami	JP	\N	14	false	588354	36.2013	140.28406	Asia/Tokyo
11837657	Ichikawa	JP	\N	04	false	496676	35.73413	139.9065	Asia/Tokyo
181032	Ruiru	KE	\N	22	false	490120	-1.14665	36.96087	Africa/Nairobi
184622	Nakuru	KE	\N	39	false	570674	-0.30719	36.07225	Africa/Nairobi
184745	Nairobi	KE	\N	05	true	4397073	-1.28333	36.81667	Africa/Nairobi
186301	Mombasa	KE	\N	37	false	1208333	-4.05466	39.66359	Africa/Nairobi
191245	Kisumu	KE	\N	26	false	397957	-0.10221	34.76171	Africa/Nairobi
192126	Kikuyu	KE	\N	22	false	323881	-1.24627	36.66291	Africa/Nairobi
195272	Kakamega	KE	\N	20	false	1867579	0.28422	34.75229	Africa/Nairobi
198629	Eldoret	KE	\N	52	false	475716	0.52036	35.26993	Africa/Nairobi
1527534	Osh	KG	\N	08	false	322164	40.52828	72.7985	Asia/Bishkek
1528675	Bishkek	KG	\N	01	true	900000	42.87	74.59	Asia/Bishkek
1821306	Phnom Penh	KH	\N	22	true	1573544	11.56245	104.91601	Asia/Phnom_Penh
1821940	Takeo	KH	\N	19	false	843931	10.99081	104.78498	Asia/Phnom_Penh
2110257	Tarawa	KI	\N	01	true	40311	1.3278	172.97696	Pacific/Tarawa
921772	Moroni	KM	\N	02	true	74749	-11.70216	43.25506	Indian/Comoro
3575551	Basseterre	KN	\N	03	true	12920	17.2955	-62.72499	America/St_Kitts
1866923	Wŏnsan	KP	\N	09	false	329207	39.15278	127.44361	Asia/Pyongyang
1869012	Sunch’ŏn	KP	\N	15	false	437000	39.43167	125.93278	Asia/Pyongyang
1870883	Sariwŏn-si	KP	\N	07	false	310100	38.50722	125.75583	Asia/Pyongyang
1871859	Pyongyang	KP	\N	12	true	3222000	39.03385	125.75432	Asia/Pyongyang
1873757	Namp’o	KP	\N	14	false	455000	38.7375	125.40778	Asia/Pyongyang
1874533	Man’gyŏngdae-ri	KP	\N	12	false	321690	38.99182	125.65871	Asia/Pyongyang
1876373	Kaesŏng	KP	\N	19	false	338155	37.97083	126.55444	Asia/Pyongyang
1876401	Kaech’ŏn	KP	\N	15	false	319554	39.70056	125.89333	Asia/Pyongyang
1877030	Hŭngnam	KP	\N	03	false	346082	39.84198	127.63206	Asia/Pyongyang
1877449	Hamhŭng	KP	\N	03	false	559056	39.91833	127.53639	Asia/Pyongyang
2044757	Chongjin	KP	\N	17	false	327000	41.79556	129.77583	Asia/Pyongyang
1832828	Yangsan	KR	\N	20	false	358074	35.34199	129.03358	Asia/Seoul
1833105	Wŏnju	KR	\N	06	false	332849	37.35139	127.94528	Asia/Seoul
1833747	Ulsan	KR	\N	21	false	1098421	35.53722	129.31667	Asia/Seoul
1833788	Uijeongbu-si	KR	\N	13	false	479141	37.7415	127.0474	Asia/Seoul
1835235	Daejeon	KR	\N	19	false	1441203	36.34913	127.38493	Asia/Seoul
1835329	Daegu	KR	\N	15	false	2365523	35.87028	128.59111	Asia/Seoul
1835553	Suwon	KR	\N	13	false	1234582	37.29111	127.00889	Asia/Seoul
1835848	Seoul	KR	\N	11	true	10349312	37.566	126.9784	Asia/Seoul
1838343	Pyeongtaek	KR	\N	13	false	364694	36.99472	127.08889	Asia/Seoul
1838524	Busan	KR	\N	10	false	3285147	35.10168	129.03004	Asia/Seoul
1838716	Bucheon-si	KR	\N	13	false	850731	37.49889	126.78306	Asia/Seoul
1839071	Pohang	KR	\N	14	false	492041	36.02917	129.36481	Asia/Seoul
1841246	Masan	KR	\N	18	false	434371	35.12725	126.83149	Asia/Seoul
1841811	Gwangju	KR	\N	18	false	1401235	35.15472	126.91556	Asia/Seoul
1842225	Gumi	KR	\N	14	false	404691	36.1136	128.336	Asia/Seoul
1842485	Goyang-si	KR	\N	13	false	1061752	37.65639	126.835	Asia/Seoul
1842943	Kimhae	KR	\N	20	false	531966	35.23417	128.88111	Asia/Seoul
1843491	Iksan	KR	\N	03	false	307000	35.94389	126.95444	Asia/Seoul
1843564	Incheon	KR	\N	12	false	3015482	37.45646	126.70515	Asia/Seoul
1843847	Hwaseong-si	KR	\N	13	false	640890	37.20682	126.8169	Asia/Seoul
1845457	Jeonju	KR	\N	03	false	638421	35.82194	127.14889	Asia/Seoul
1845604	Cheongju-si	KR	\N	05	false	852147	36.63722	127.48972	Asia/Seoul
1845759	Cheonan	KR	\N	17	false	658831	36.8065	127.1522	Asia/Seoul
1846052	Chinju	KR	\N	20	false	307242	35.19278	128.08472	Asia/Seoul
1846266	Jeju City	KR	\N	01	false	488844	33.50972	126.52194	Asia/Seoul
1846326	Changwon	KR	\N	20	false	1025702	35.22806	128.68111	Asia/Seoul
1846898	Anyang-si	KR	\N	13	false	595644	37.3925	126.92694	Asia/Seoul
1846918	Ansan-si	KR	\N	13	false	623256	37.32361	126.82194	Asia/Seoul
1897000	Seongnam-si	KR	\N	13	false	914832	37.43861	127.13778	Asia/Seoul
1948005	Gwangmyeong	KR	\N	13	false	357545	37.47722	126.86639	Asia/Seoul
11523293	Sejong	KR	\N	22	false	394630	36.59245	127.29223	Asia/Seoul
285787	Kuwait City	KW	\N	02	true	60064	29.367	47.97429	Asia/Kuwait
285839	Al Aḩmadī	KW	\N	04	false	637411	29.07694	48.08389	Asia/Kuwait
3580661	George Town	KY	\N	10346796	true	29370	19.2866	-81.37436	America/Cayman
608668	Oral	KZ	\N	07	false	330000	51.24601	51.42558	Asia/Oral
609655	Karagandy	KZ	\N	12	false	497777	49.80187	73.10211	Asia/Almaty
610611	Aktobe	KZ	\N	04	false	500757	50.27969	57.20718	Asia/Aqtobe
1516905	Taraz	KZ	\N	17	false	358153	42.89799	71.37334	Asia/Almaty
1518980	Shymkent	KZ	\N	1537272	false	1200000	42.30988	69.60042	Asia/Almaty
1519922	Kyzylorda	KZ	\N	14	false	354800	44.85278	65.50917	Asia/Qyzylorda
1520240	Pavlodar	KZ	\N	11	false	329002	52.27601	76.96881	Asia/Almaty
1520316	Ust-Kamenogorsk	KZ	\N	15	false	319067	49.97143	82.60586	Asia/Almaty
1526273	Astana	KZ	\N	05	true	1544142	51.1801	71.44598	Asia/Almaty
1526384	Almaty	KZ	\N	02	false	1977011	43.25249	76.9115	Asia/Almaty
1651944	Vientiane	LA	\N	24	true	840940	17.96667	102.6	Asia/Vientiane
268743	Ra’s Bayrūt	LB	\N	04	false	1251739	33.9	35.48333	Asia/Beirut
276781	Beirut	LB	\N	04	true	1916100	33.89332	35.50157	Asia/Beirut
3576812	Castries	LC	\N	03	true	20000	13.9957	-61.00614	America/St_Lucia
3042030	Vaduz	LI	\N	11	true	5197	47.14151	9.52154	Europe/Vaduz
1248991	Colombo	LK	\N	36	true	648034	6.93548	79.84868	Asia/Colombo
2274895	Monrovia	LR	\N	14	true	1542549	6.30054	-10.7969	Africa/Monrovia
932505	Maseru	LS	\N	14	true	359753	-29.31667	27.48333	Africa/Maseru
593116	Vilnius	LT	\N	65	true	542366	54.68916	25.2798	Europe/Vilnius
2960316	Luxembourg	LU	\N	LU	true	76684	49.60982	6.13268	Europe/Luxembourg
456172	Riga	LV	\N	25	true	742572	56.946	24.10589	Europe/Riga
88319	Benghazi	LY	\N	69	false	757490	32.11486	20.06859	Africa/Tripoli
2210247	Tripoli	LY	\N	77	true	1302947	32.88743	13.18733	Africa/Tripoli
2214846	Misratah	LY	\N	72	false	355657	32.37535	15.09254	Africa/Tripoli
2528910	Tétouan	MA	\N	01	false	415810	35.57845	-5.36837	Africa/Casablanca
2529013	Temara	MA	\N	04	false	342345	33.92866	-6.90656	Africa/Casablanca
2530335	Tangier	MA	\N	01	false	1035141	35.76727	-5.79975	Africa/Casablanca
2537763	Salé	MA	\N	04	false	972299	34.0531	-6.79846	Africa/Casablanca
2537881	Safi	MA	\N	07	false	336883	32.29939	-9.23718	Africa/Casablanca
2538475	Rabat	MA	\N	04	true	1655753	34.01325	-6.83255	Africa/Casablanca
2540483	Oujda	MA	\N	02	false	539711	34.68139	-1.90858	Africa/Casablanca
2542715	Meknes	MA	\N	03	false	568295	33.89352	-5.54727	Africa/Casablanca
2542997	Marrakesh	MA	\N	07	false	995871	31.63416	-7.99994	Africa/Casablanca
2544571	Kenitra	MA	\N	04	false	470949	34.26101	-6.5802	Africa/Casablanca
2548885	Fes	MA	\N	03	false	1191905	34.03313	-5.00028	Africa/Casablanca
2553604	Casablanca	MA	\N	06	false	3665954	33.58831	-7.61138	Africa/Casablanca
2558545	Al Hoceïma	MA	\N	01	false	395644	35.25165	-3.93723	Africa/Casablanca
2561668	Agadir	MA	\N	09	false	698310	30.42018	-9.59815	Africa/Casablanca
2993458	Monaco	MC	\N	00	true	32965	43.73718	7.42145	Europe/Monaco
618426	Chisinau	MD	\N	57	true	635994	47.00902	28.85938	Europe/Chisinau
3193044	Podgorica	ME	\N	16	true	236852	42.44124	19.26309	Europe/Podgorica
3578851	Marigot	MF	\N	00	true	5700	18.06819	-63.08302	America/Marigot
1053384	Toamasina	MG	\N	31	false	345107	-18.1492	49.40234	Indian/Antananarivo
1070940	Antananarivo	MG	\N	11	true	1349501	-18.91368	47.53613	Indian/Antananarivo
2113779	Majuro	MH	\N	190	true	25400	7.08971	171.38027	Pacific/Majuro
785842	Skopje	MK	\N	F6	true	474889	41.99646	21.43141	Europe/Skopje
2451185	Sikasso	ML	\N	06	false	349324	11.31755	-5.66654	Africa/Bamako
2460596	Bamako	ML	\N	01	true	4227569	12.60915	-7.97522	Africa/Bamako
1298824	Yangon	MM	\N	17	false	4477638	16.80528	96.15611	Asia/Yangon
1308465	Mawlamyine	MM	\N	13	false	438861	16.49051	97.62825	Asia/Yangon
1311874	Mandalay	MM	\N	08	false	1208099	21.97473	96.08359	Asia/Yangon
1321218	Kalemyo	MM	\N	10	false	348573	23.19014	94.06405	Asia/Yangon
6611854	Nay Pyi Taw	MM	\N	18	true	925000	19.745	96.12972	Asia/Yangon
8740157	Hlaingthaya	MM	\N	17	false	687867	16.85	96.06667	Asia/Yangon
2028462	Ulan Bator	MN	\N	20	true	844818	47.90771	106.88324	Asia/Ulaanbaatar
1821274	Macau	MO	\N	02	true	649335	22.20056	113.54611	Asia/Macau
7828758	Saipan	MP	\N	110	true	48220	15.21233	145.7545	Pacific/Saipan
3570675	Fort-de-France	MQ	\N	MQ	true	89995	14.60365	-61.07418	America/Martinique
2377450	Nouakchott	MR	\N	\N	true	1184530	18.08581	-15.9785	Africa/Nouakchott
3578069	Plymouth	MS	\N	01	true	0	16.70555	-62.21292	America/Montserrat
2562305	Valletta	MT	\N	60	true	6794	35.89968	14.5148	Europe/Malta
934154	Port Louis	MU	\N	18	true	155226	-20.16194	57.49889	Indian/Mauritius
1282027	Male	MV	\N	38	true	103693	4.17521	73.50916	Indian/Maldives
927967	Lilongwe	MW	\N	C	true	1115815	-13.96692	33.78725	Africa/Blantyre
931755	Blantyre	MW	\N	S	false	902588	-15.78499	35.00854	Africa/Blantyre
3514450	Xochimilco	MX	\N	09	false	442178	19.25465	-99.10356	America/Mexico_City
3514519	Xico	MX	\N	15	false	384327	19.27032	-98.95088	America/Mexico_City
3514663	Álvaro Obregón	MX	\N	09	false	726664	19.35867	-99.20329	America/Mexico_City
3514670	Villahermosa	MX	\N	27	false	353577	17.98625	-92.93928	America/Merida
3514674	Gustavo Adolfo Madero	MX	\N	09	false	1185772	19.49392	-99.11075	America/Mexico_City
3514783	Veracruz	MX	\N	30	false	428323	19.18095	-96.1429	America/Mexico_City
3515001	Tuxtla	MX	\N	05	false	604147	16.75357	-93.11578	America/Merida
3515302	Toluca	MX	\N	15	false	489333	19.28786	-99.65324	America/Mexico_City
3515428	Tlalpan	MX	\N	09	false	574577	19.29513	-99.16206	America/Mexico_City
3515431	Tlalnepantla	MX	\N	15	false	653410	19.54005	-99.19538	America/Mexico_City
3515463	Tláhuac	MX	\N	09	false	305076	19.28689	-99.00507	America/Mexico_City
3515807	Cuautitlán Izcalli	MX	\N	15	false	555163	19.64388	-99.21598	America/Mexico_City
3516266	Tapachula	MX	\N	05	false	353706	14.90541	-92.25891	America/Merida
3516355	Tampico	MX	\N	28	false	309003	22.28519	-97.87777	America/Monterrey
3520339	Reynosa	MX	\N	28	false	589466	26.08005	-98.28456	America/Matamoros
3521081	Puebla	MX	\N	21	false	1692181	19.04778	-98.20723	America/Mexico_City
3522551	Nuevo Laredo	MX	\N	28	false	416055	27.47629	-99.51639	America/Matamoros
3522790	Naucalpan de Juárez	MX	\N	15	false	834434	19.47851	-99.23963	America/Mexico_City
3523349	Mérida	MX	\N	31	false	1201000	20.967	-89.62318	America/Merida
3523466	Heroica Matamoros	MX	\N	28	false	510739	25.87972	-97.50417	America/Matamoros
3526617	Xalapa de Enríquez	MX	\N	30	false	424755	19.53124	-96.91589	America/Mexico_City
3526682	Ixtapaluca	MX	\N	15	false	322271	19.31556	-98.88284	America/Mexico_City
3526683	Iztapalapa	MX	\N	09	false	1835486	19.35529	-99.06224	America/Mexico_City
3526700	Iztacalco	MX	\N	09	false	384326	19.39528	-99.09778	America/Mexico_City
3529612	Ecatepec de Morelos	MX	\N	15	false	1645352	19.60492	-99.06064	America/Mexico_City
3529947	Cuernavaca	MX	\N	17	false	338650	18.9261	-99.23075	America/Mexico_City
3530139	Coyoacán	MX	\N	09	false	614447	19.3467	-99.16174	America/Mexico_City
3530517	Coatzacoalcos	MX	\N	30	false	310698	18.14905	-94.4447	America/Mexico_City
3530580	Ciudad Victoria	MX	\N	28	false	332100	23.74061	-99.14364	America/Monterrey
3530589	Ciudad Nezahualcoyotl	MX	\N	15	false	1077208	19.40061	-99.01483	America/Mexico_City
3530597	Mexico City	MX	\N	09	true	12294193	19.42847	-99.12766	America/Mexico_City
3531673	Cancún	MX	\N	23	false	888797	21.17429	-86.84656	America/Cancun
3532497	Azcapotzalco	MX	\N	09	false	414711	19.48698	-99.18594	America/Mexico_City
3532624	Ciudad López Mateos	MX	\N	15	false	489160	19.55793	-99.25675	America/Mexico_City
3533462	Acapulco de Juárez	MX	\N	12	false	658609	16.84942	-99.90891	America/Mexico_City
3827406	Benito Juarez	MX	\N	09	false	355017	19.3984	-99.15766	America/Mexico_City
3827407	Venustiano Carranza	MX	\N	09	false	430978	19.44361	-99.10499	America/Mexico_City
3827408	Miguel Hidalgo	MX	\N	09	false	372889	19.43411	-99.20024	America/Mexico_City
3827409	Cuauhtémoc	MX	\N	09	false	531831	19.44506	-99.14612	America/Mexico_City
3827598	Ojo de Agua	MX	\N	15	false	386290	19.68028	-99.01	America/Mexico_City
3979770	Zapopan	MX	\N	14	false	1476491	20.72111	-103.38742	America/Mexico_City
3981254	Torreón	MX	\N	07	false	735340	25.54389	-103.41898	America/Monterrey
3981369	Tonalá	MX	\N	14	false	408759	20.62263	-103.24168	America/Mexico_City
3981461	Tlaquepaque	MX	\N	14	false	650123	20.64121	-103.29342	America/Mexico_City
3981609	Tijuana	MX	\N	02	false	1922523	32.5027	-117.00371	America/Tijuana
3981941	Tepic	MX	\N	18	false	332863	21.50733	-104.89332	America/Mazatlan
3982912	Soledad de Graciano Sánchez	MX	\N	24	false	332072	22.18912	-100.93792	America/Mexico_City
3984583	Santa Catarina	MX	\N	19	false	304052	25.67325	-100.45813	America/Monterrey
3985241	San Nicolás de los Garza	MX	\N	19	false	412199	25.74167	-100.30222	America/Monterrey
3985606	San Luis Potosí	MX	\N	24	false	722772	22.15234	-100.97135	America/Monterrey
3988086	Saltillo	MX	\N	07	false	709671	25.42595	-100.97963	America/Monterrey
3991164	Santiago de Querétaro	MX	\N	22	false	1594212	20.58806	-100.38806	America/Mexico_City
3995402	Morelia	MX	\N	16	false	743275	19.70078	-101.18443	America/Mexico_City
3995465	Monterrey	MX	\N	19	false	1135512	25.68435	-100.31721	America/Monterrey
3996069	Mexicali	MX	\N	02	false	1032686	32.62781	-115.45446	America/Tijuana
3996322	Mazatlán	MX	\N	25	false	381583	23.22163	-106.41885	America/Mazatlan
3998655	León de los Aldama	MX	\N	11	false	1579803	21.12183	-101.68253	America/Mexico_City
4003757	Ciudad Benito Juárez	MX	\N	19	false	308285	25.6466	-100.09142	America/Monterrey
4004330	Irapuato	MX	\N	11	false	380941	20.671	-101.35577	America/Mexico_City
4004898	Hermosillo	MX	\N	26	false	812229	29.08874	-110.96677	America/Hermosillo
4005492	Guadalupe	MX	\N	19	false	673616	25.67663	-100.25907	America/Monterrey
4005539	Guadalajara	MX	\N	14	false	1385629	20.67738	-103.34749	America/Mexico_City
4005867	Ciudad General Escobedo	MX	\N	19	false	454967	25.79663	-100.31767	America/Monterrey
4006702	Ensenada	MX	\N	02	false	443807	31.87149	-116.60071	America/Tijuana
4011743	Victoria de Durango	MX	\N	10	false	518709	24.02032	-104.65756	America/Monterrey
4012176	Culiacán	MX	\N	25	false	808416	24.80209	-107.39421	America/Mazatlan
4013704	Ciudad Obregón	MX	\N	26	false	329404	27.48642	-109.94079	America/Hermosillo
4013708	Ciudad Juárez	MX	\N	06	false	1512450	31.72024	-106.46084	America/Ciudad_Juarez
4014338	Chihuahua	MX	\N	06	false	925762	28.63528	-106.08889	America/Chihuahua
4014875	Celaya	MX	\N	11	false	340387	20.52181	-100.81399	America/Mexico_City
4018390	Ciudad Apodaca	MX	\N	19	false	467157	25.78143	-100.18911	America/Monterrey
4019233	Aguascalientes	MX	\N	01	false	722250	21.88262	-102.2843	America/Mexico_City
6957079	Benito Juárez	MX	\N	09	false	385439	19.3727	-99.1564	America/Mexico_City
1732722	Pasir Gudang	MY	\N	01	false	534659	1.462	103.9053	Asia/Kuala_Lumpur
1732724	Kampung Larkin Lama	MY	\N	01	false	500000	1.5024	103.744	Asia/Kuala_Lumpur
1732747	Pelentong	MY	\N	01	false	583640	1.5243	103.824	Asia/Kuala_Lumpur
1732752	Johor Bahru	MY	\N	01	false	858118	1.4655	103.7578	Asia/Kuala_Lumpur
1732811	Kluang	MY	\N	01	false	323762	2.03046	103.31689	Asia/Kuala_Lumpur
1732869	Muar	MY	\N	01	false	314776	2.0442	102.5689	Asia/Kuala_Lumpur
1732903	Shah Alam	MY	\N	12	false	740750	3.08507	101.53281	Asia/Kuala_Lumpur
1733432	Kota Kinabalu	MY	\N	16	false	500421	5.9749	116.0724	Asia/Kuching
1734052	Sandakan	MY	\N	16	false	439050	5.8402	118.1179	Asia/Kuching
1734199	Tawau	MY	\N	16	false	372615	4.24482	117.89115	Asia/Kuching
1734634	Ipoh	MY	\N	07	false	759952	4.5841	101.0829	Asia/Kuala_Lumpur
1734705	Kuala Terengganu	MY	\N	13	false	426500	5.3302	103.1408	Asia/Kuala_Lumpur
1734759	Malacca	MY	\N	04	false	579000	2.196	102.2405	Asia/Kuala_Lumpur
1734810	Seremban	MY	\N	05	false	372917	2.7297	101.9381	Asia/Kuala_Lumpur
1735158	Petaling Jaya	MY	\N	12	false	807879	3.10726	101.60671	Asia/Kuala_Lumpur
1735161	Kuala Lumpur	MY	\N	14	true	1453975	3.1412	101.68653	Asia/Kuala_Lumpur
1735162	Setapak	MY	\N	12	false	353268	3.207	101.727	Asia/Kuala_Lumpur
1735227	Kuantan	MY	\N	06	false	548014	3.8077	103.326	Asia/Kuala_Lumpur
1735498	Sungai Petani	MY	\N	02	false	544851	5.647	100.48772	Asia/Kuala_Lumpur
1735634	Kuching	MY	\N	11	false	402738	1.55	110.33333	Asia/Kuching
1736309	Alor Setar	MY	\N	02	false	417800	6.12104	100.36014	Asia/Kuala_Lumpur
1736376	Kota Bharu	MY	\N	03	false	568900	6.12361	102.24333	Asia/Kuala_Lumpur
1738050	Miri	MY	\N	11	false	300543	4.39928	113.99163	Asia/Kuching
1749822	Puchong	MY	\N	12	false	375181	3.0	101.61667	Asia/Kuala_Lumpur
1762110	Kampung Kangkar Teberau	MY	\N	01	false	412373	1.532	103.7549	Asia/Kuala_Lumpur
1771023	Kampung Baru Subang	MY	\N	12	false	833571	3.15	101.53333	Asia/Kuala_Lumpur
6847550	Kota Kuala Muda	MY	\N	02	false	544984	5.58822	100.37085	Asia/Kuala_Lumpur
7795834	Selayang Baru Utara	MY	\N	12	false	542409	3.2549	101.6668	Asia/Kuala_Lumpur
8504423	Subang Jaya	MY	\N	12	false	708296	3.04384	101.58062	Asia/Kuala_Lumpur
10063567	Iskandar Puteri	MY	\N	01	false	575977	1.39324	103.62322	Asia/Kuala_Lumpur
12514556	Kota Damansara	MY	\N	12	false	500000	3.15454	101.58022	Asia/Kuala_Lumpur
12557764	Taman Petaling	MY	\N	14	false	423062	3.19916	101.64983	Asia/Kuala_Lumpur
12750654	Mukim Pulai	MY	\N	01	false	505661	1.53333	103.66667	Asia/Kuala_Lumpur
13118225	Bukit Rahman Putra	MY	\N	12	false	607000	3.21727	101.5608	Asia/Kuala_Lumpur
1026014	Tete	MZ	\N	08	false	357000	-16.15639	33.58667	Africa/Maputo
1028434	Quelimane	MZ	\N	09	false	349842	-17.87861	36.88833	Africa/Maputo
1033356	Nampula	MZ	\N	06	false	770379	-15.11646	39.2666	Africa/Maputo
1039854	Matola	MZ	\N	04	false	1198988	-25.96222	32.45889	Africa/Maputo
1040652	Maputo	MZ	\N	11	true	1254837	-25.96553	32.58322	Africa/Maputo
1049261	Chimoio	MZ	\N	10	false	422046	-19.11639	33.48333	Africa/Maputo
1052373	Beira	MZ	\N	05	false	687764	-19.84361	34.83889	Africa/Maputo
3352136	Windhoek	NA	\N	21	true	386219	-22.55941	17.08323	Africa/Windhoek
2139521	Nouméa	NC	\N	02	true	93060	-22.27407	166.44884	Pacific/Noumea
2437798	Zinder	NE	\N	07	false	318874	13.80716	8.9881	Africa/Niamey
2440485	Niamey	NE	\N	08	true	1323691	13.51366	2.1098	Africa/Niamey
2441291	Maradi	NE	\N	04	false	361702	13.5	7.10174	Africa/Niamey
2161314	Kingston	NF	\N	00	true	880	-29.05459	167.96628	Pacific/Norfolk
2317765	Zaria	NG	\N	23	false	980000	11.11128	7.7227	Africa/Lagos
2318044	Yola	NG	\N	35	false	460000	9.20839	12.48146	Africa/Lagos
2318123	Yenagoa	NG	\N	52	false	365000	4.92675	6.26764	Africa/Lagos
2319133	Warri	NG	\N	36	false	910000	5.51737	5.75006	Africa/Lagos
2319480	Uyo	NG	\N	21	false	436606	5.05127	7.9335	Africa/Lagos
2320576	Umuahia	NG	\N	45	false	370000	5.52491	7.49461	Africa/Lagos
2322911	Sokoto	NG	\N	51	false	1040000	13.06269	5.24322	Africa/Lagos
2323675	Sapele	NG	\N	36	false	305000	5.89405	5.67666	Africa/Lagos
2324774	Port Harcourt	NG	\N	50	false	2120000	4.77742	7.0134	Africa/Lagos
2325200	Oyo	NG	\N	32	false	736072	7.85367	3.93235	Africa/Lagos
2325330	Owerri	NG	\N	28	false	545000	5.48363	7.03325	Africa/Lagos
2325590	Osogbo	NG	\N	42	false	645000	7.77104	4.55698	Africa/Lagos
2326016	Onitsha	NG	\N	25	false	1553000	6.14978	6.78569	Africa/Lagos
2326171	Ondo	NG	\N	48	false	375000	7.09316	4.83528	Africa/Lagos
2327220	Okene	NG	\N	41	false	479178	7.55122	6.23589	Africa/Lagos
2327735	Ogbomoso	NG	\N	32	false	433030	8.13373	4.24014	Africa/Lagos
2330100	Minna	NG	\N	31	false	425000	9.61524	6.54776	Africa/Lagos
2331140	Makurdi	NG	\N	26	false	390000	7.73375	8.52139	Africa/Lagos
2331447	Maiduguri	NG	\N	27	false	1110000	11.84692	13.15712	Africa/Lagos
2332459	Lagos	NG	\N	05	false	15388000	6.45407	3.39467	Africa/Lagos
2334802	Katsina	NG	\N	24	false	670000	12.99082	7.60177	Africa/Lagos
2335204	Kano	NG	\N	29	false	4910000	12.00012	8.51672	Africa/Lagos
2335727	Kaduna	NG	\N	23	false	1850000	10.52641	7.43879	Africa/Lagos
2335953	Jos	NG	\N	49	false	1040000	9.92849	8.89212	Africa/Lagos
2337181	Iseyin	NG	\N	32	false	365300	7.97022	3.59626	Africa/Lagos
2337639	Ilorin	NG	\N	30	false	1080000	8.49664	4.54214	Africa/Lagos
2337704	Ilesa	NG	\N	42	false	325000	7.62789	4.74161	Africa/Lagos
2338313	Ikeja	NG	\N	05	false	313196	6.59651	3.34205	Africa/Lagos
2338325	Ikare	NG	\N	48	false	465000	7.52591	5.75342	Africa/Lagos
2338400	Ijebu Ode	NG	\N	16	false	360000	6.81944	3.91731	Africa/Lagos
2338900	Ile-Ife	NG	\N	42	false	560000	7.4824	4.56032	Africa/Lagos
2339354	Ibadan	NG	\N	32	false	3649000	7.37756	3.90591	Africa/Lagos
2340451	Gombe	NG	\N	55	false	560000	10.28969	11.16729	Africa/Lagos
2341374	Gboko	NG	\N	26	false	365000	7.32275	9.00108	Africa/Lagos
2343279	Enugu	NG	\N	47	false	950000	6.44132	7.49883	Africa/Lagos
2344082	Ebute Ikorodu	NG	\N	05	false	535619	6.60086	3.48818	Africa/Lagos
2346229	Calabar	NG	\N	22	false	540000	4.95893	8.32695	Africa/Lagos
2347209	Bida	NG	\N	31	false	400000	9.08044	6.0099	Africa/Lagos
2347283	Benin City	NG	\N	37	false	1782000	6.33815	5.62575	Africa/Lagos
2347470	Bauchi	NG	\N	46	false	693700	10.31032	9.84388	Africa/Lagos
2350841	Akure	NG	\N	48	false	730000	7.25256	5.19312	Africa/Lagos
2351943	Agege	NG	\N	05	false	683600	6.61563	3.33337	Africa/Lagos
2352379	Ado-Ekiti	NG	\N	54	false	435000	7.62329	5.22087	Africa/Lagos
2352778	Abuja	NG	\N	11	true	2690000	9.05785	7.49508	Africa/Lagos
2352947	Abeokuta	NG	\N	16	false	735000	7.15571	3.34509	Africa/Lagos
2353151	Aba	NG	\N	45	false	1160000	5.10658	7.36667	Africa/Lagos
2566633	Obalende	NG	\N	05	false	342000	6.44694	3.41528	Africa/Lagos
2566636	Ajegunle	NG	\N	05	false	550000	6.45197	3.33115	Africa/Lagos
2566676	Alimosho	NG	\N	05	false	308290	6.60656	3.30235	Africa/Lagos
2566696	Akowonjo	NG	\N	05	false	308900	6.61012	3.30968	Africa/Lagos
7732748	Lekki	NG	\N	05	false	401272	6.44632	3.47717	Africa/Lagos
3617763	Managua	NI	\N	10	true	973087	12.13282	-86.2504	America/Managua
2745912	Utrecht	NL	\N	09	false	376435	52.09083	5.12222	Europe/Amsterdam
2747373	The Hague	NL	\N	11	false	474292	52.07667	4.29861	Europe/Amsterdam
2747891	Rotterdam	NL	\N	11	false	868135	51.9225	4.47917	Europe/Amsterdam
2759794	Amsterdam	NL	\N	07	true	741636	52.37403	4.88969	Europe/Amsterdam
3143244	Oslo	NO	\N	12	true	1082575	59.91273	10.74609	Europe/Oslo
1282898	Pokhara	NP	\N	4	false	600051	28.26689	83.96851	Asia/Kathmandu
1283240	Kathmandu	NP	\N	3	true	1442271	27.70169	85.3206	Asia/Kathmandu
1283613	Bharatpur	NP	\N	3	false	369377	27.68027	84.43647	Asia/Kathmandu
7626461	Yaren	NR	\N	14	true	1100	-0.55085	166.9252	Pacific/Nauru
4036284	Alofi	NU	\N	00	true	624	-19.05294	-169.91957	Pacific/Niue
2179537	Wellington	NZ	\N	G2	true	381900	-41.28664	174.77557	Pacific/Auckland
2187404	Manukau City	NZ	\N	E7	false	362000	-36.99282	174.87986	Pacific/Auckland
2192362	Christchurch	NZ	\N	E9	false	419200	-43.53333	172.63333	Pacific/Auckland
2193733	Auckland	NZ	\N	E7	false	1547200	-36.84853	174.76349	Pacific/Auckland
287286	Muscat	OM	\N	06	true	797000	23.58413	58.40778	Asia/Muscat
288764	Bawshar	OM	\N	06	false	383257	23.57769	58.39982	Asia/Muscat
288967	Seeb	OM	\N	06	false	470878	23.67027	58.18911	Asia/Muscat
3701329	San Miguelito	PA	\N	08	false	321501	9.05032	-79.47068	America/Panama
3703443	Panama City	PA	\N	08	true	408168	8.9936	-79.51973	America/Panama
3691175	Trujillo	PE	\N	13	false	1067700	-8.11599	-79.02998	America/Lima
3693345	Pucallpa	PE	\N	25	false	326040	-8.37915	-74.55387	America/Lima
3693528	Piura	PE	\N	20	false	630000	-5.18192	-80.65715	America/Lima
3696183	Iquitos	PE	\N	16	false	377609	-3.74814	-73.2529	America/Lima
3698304	Chimbote	PE	\N	02	false	316966	-9.07508	-78.59373	America/Lima
3698350	Chiclayo	PE	\N	14	false	609400	-6.77008	-79.85495	America/Lima
3936456	Lima	PE	\N	LMA	true	7737002	-12.04318	-77.02824	America/Lima
3939459	Huancayo	PE	\N	12	false	456250	-12.06866	-75.21027	America/Lima
3941584	Cusco	PE	\N	08	false	428450	-13.53188	-71.96701	America/Lima
3946083	Callao	PE	\N	07	false	1226200	-12.05162	-77.13452	America/Lima
3947322	Arequipa	PE	\N	04	false	1195700	-16.39899	-71.53747	America/Lima
4033936	Papeete	PF	\N	01	true	26357	-17.5347	-149.56843	Pacific/Tahiti
2088122	Port Moresby	PG	\N	20	true	283733	-9.47723	147.15089	Pacific/Port_Moresby
1679432	Zamboanga	PH	\N	09	false	1018849	6.91028	122.07389	Asia/Manila
1680102	Valenzuela	PH	\N	NCR	false	725173	14.7	120.9667	Asia/Manila
1682812	Tarlac City	PH	\N	03	false	401892	15.48017	120.59794	Asia/Manila
1684308	Taguig	PH	\N	NCR	false	1308085	14.5243	121.0792	Asia/Manila
1688749	San Pedro	PH	\N	40	false	348968	14.3595	121.0473	Asia/Manila
1688830	San Pablo	PH	\N	40	false	300166	14.0683	121.3256	Asia/Manila
1689395	San Jose del Monte	PH	\N	03	false	357828	14.81389	121.04528	Asia/Manila
1692192	Quezon City	PH	\N	NCR	false	3084270	14.6488	121.0509	Asia/Manila
1694611	Pasay	PH	\N	NCR	false	416522	14.53748	121.00144	Asia/Manila
1694781	Paranaque City	PH	\N	NCR	false	703245	14.48156	121.01749	Asia/Manila
1699076	Muntinlupa	PH	\N	40	false	552225	14.39028	121.0475	Asia/Manila
1700925	Marikina City	PH	\N	NCR	false	471323	14.6481	121.1133	Asia/Manila
1701500	Mansilingan	PH	\N	06	false	454150	10.63111	122.97889	Asia/Manila
1701668	Manila	PH	\N	NCR	true	1600000	14.6042	120.9822	Asia/Manila
1701947	Mandaue City	PH	\N	07	false	331320	10.32361	123.92222	Asia/Manila
1701966	Mandaluyong City	PH	\N	NCR	false	465902	14.5832	121.0409	Asia/Manila
1703320	Malabon	PH	\N	NCR	false	365525	14.67333	120.93972	Asia/Manila
1703417	Makati City	PH	\N	NCR	false	510383	14.55027	121.03269	Asia/Manila
1707174	Las Piñas	PH	\N	NCR	false	615549	14.45056	120.98278	Asia/Manila
1707267	Lapu-Lapu City	PH	\N	07	false	497813	10.31028	123.94944	Asia/Manila
1710914	Imus	PH	\N	40	false	481949	14.42972	120.93667	Asia/Manila
1711005	Iloilo	PH	\N	06	false	473728	10.69694	122.56444	Asia/Manila
1711082	Iligan City	PH	\N	12	false	312323	8.25	124.4	Asia/Manila
1711084	Iligan	PH	\N	10	false	342618	8.2289	124.24344	Asia/Manila
1713022	General Santos	PH	\N	12	false	722059	6.11278	125.17167	Asia/Manila
1715348	Davao	PH	\N	11	false	1848947	7.07306	125.61278	Asia/Manila
1715430	Dasmariñas	PH	\N	40	false	441876	14.32944	120.93667	Asia/Manila
1716771	Cotabato	PH	\N	14	false	383383	7.22361	124.24639	Asia/Manila
1717512	Cebu City	PH	\N	07	false	965332	10.31672	123.89071	Asia/Manila
1720151	Caloocan	PH	\N	NCR	false	1712945	14.64953	120.96788	Asia/Manila
1720681	Calamba	PH	\N	40	false	575046	14.21167	121.16528	Asia/Manila
1721080	Cagayan de Oro	PH	\N	10	false	741617	8.48222	124.64722	Asia/Manila
1721281	Cabuyao	PH	\N	40	false	308745	14.2726	121.1262	Asia/Manila
1721906	Cabanatuan City	PH	\N	03	false	343672	15.48586	120.96648	Asia/Manila
1722186	Butuan	PH	\N	13	false	309709	8.94917	125.54361	Asia/Manila
1723510	Budta	PH	\N	14	false	1273715	7.20417	124.43972	Asia/Manila
1725115	Biñan	PH	\N	40	false	300000	14.34267	121.08071	Asia/Manila
1729524	Bacoor	PH	\N	40	false	356974	14.45896	120.93851	Asia/Manila
1729564	Bacolod City	PH	\N	06	false	454898	10.66667	122.95	Asia/Manila
1730501	Antipolo	PH	\N	40	false	913712	14.62578	121.12251	Asia/Manila
1730737	Angeles City	PH	\N	03	false	483452	15.15	120.58333	Asia/Manila
1978681	Malingao	PH	\N	12	false	1121974	7.16083	124.475	Asia/Manila
7290466	Pasig City	PH	\N	NCR	false	853050	14.58691	121.0614	Asia/Manila
13118244	Mandaluyong	PH	\N	NCR	false	425000	14.57837	121.03522	Asia/Manila
1163964	Tando Bago	PK	\N	05	false	426535	24.78914	68.96535	Asia/Karachi
1163965	Tando Allahyar	PK	\N	05	false	421923	25.4605	68.71745	Asia/Karachi
1164408	Sukkur	PK	\N	05	false	563851	27.70323	68.85889	Asia/Karachi
1164776	Sinjhoro	PK	\N	05	false	354709	26.03008	68.80867	Asia/Karachi
1164909	Sialkot	PK	\N	04	false	911817	32.49268	74.53134	Asia/Karachi
1165221	Shekhupura	PK	\N	04	false	591424	31.71287	73.98556	Asia/Karachi
1166000	Sargodha	PK	\N	04	false	975886	32.08586	72.67418	Asia/Karachi
1166547	Sahiwal	PK	\N	04	false	538344	31.97386	72.33109	Asia/Karachi
1166548	Sahiwal	PK	\N	04	false	538344	30.66595	73.10186	Asia/Karachi
1166993	Rawalpindi	PK	\N	04	false	3357612	33.59733	73.0479	Asia/Karachi
1167460	Rahim Yar Khan	PK	\N	04	false	517000	28.41987	70.30345	Asia/Karachi
1167528	Quetta	PK	\N	02	false	1565546	30.18414	67.00141	Asia/Karachi
1168021	Pindi Bhattian	PK	\N	04	false	493222	31.89844	73.27339	Asia/Karachi
1168197	Peshawar	PK	\N	03	false	4758762	34.008	71.57849	Asia/Karachi
1168718	Okara	PK	\N	04	false	533693	30.81029	73.45155	Asia/Karachi
1169116	Nawabshah	PK	\N	05	false	363138	26.23939	68.40369	Asia/Karachi
1169607	Muzaffarābād	PK	\N	06	false	725000	34.37002	73.47082	Asia/Karachi
1169825	Multan	PK	\N	04	false	2169915	30.19679	71.47824	Asia/Karachi
1170395	Mingora	PK	\N	03	false	361112	34.7795	72.36265	Asia/Karachi
1170880	Mardan	PK	\N	03	false	300424	34.19794	72.04965	Asia/Karachi
1171305	Malir Cantonment	PK	\N	05	false	300000	24.94343	67.20591	Asia/Karachi
1172128	Larkana	PK	\N	05	false	364033	27.55898	68.21204	Asia/Karachi
1172451	Lahore	PK	\N	04	false	13004135	31.558	74.35071	Asia/Karachi
1174625	Kasur	PK	\N	04	false	510875	31.11866	74.45025	Asia/Karachi
1174872	Karachi	PK	\N	05	false	11624219	24.8608	67.0104	Asia/Karachi
1175748	Chak Jhumra	PK	\N	04	false	385169	31.56808	73.18317	Asia/Karachi
1175892	Jhang Sadr	PK	\N	04	false	606533	31.26981	72.31687	Asia/Karachi
1176358	Jalalpur Pirwala	PK	\N	04	false	500000	29.5051	71.22202	Asia/Karachi
1176615	Islamabad	PK	\N	08	true	601600	33.72148	73.04329	Asia/Karachi
1176734	Hyderabad	PK	\N	05	false	1921275	25.39689	68.37718	Asia/Karachi
1177384	Hafizabad	PK	\N	04	false	318621	32.07095	73.68802	Asia/Karachi
1177654	Gujrat	PK	\N	04	false	574240	32.5742	74.07542	Asia/Karachi
1177662	Gujranwala	PK	\N	04	false	2511118	32.15567	74.18705	Asia/Karachi
1179400	Faisalabad	PK	\N	04	false	3800193	31.41554	73.08969	Asia/Karachi
1180281	Dera Ismail Khan	PK	\N	03	false	763195	31.83129	70.9017	Asia/Karachi
1180289	Dera Ghazi Khan	PK	\N	04	false	494464	30.04587	70.64029	Asia/Karachi
1180942	Chunian	PK	\N	04	false	634236	30.96621	73.97908	Asia/Karachi
1181096	Chiniot	PK	\N	04	false	318165	31.72091	72.97836	Asia/Karachi
1182092	Burewala	PK	\N	04	false	361664	30.16667	72.65	Asia/Karachi
1182682	Bhawana	PK	\N	04	false	373841	31.56884	72.64917	Asia/Karachi
1183105	Battagram	PK	\N	03	false	700000	34.67719	73.02329	Asia/Karachi
1183460	Bannu	PK	\N	03	false	1357890	32.98527	70.60403	Asia/Karachi
1183880	Bahawalpur	PK	\N	04	false	903795	29.39779	71.6752	Asia/Karachi
1184370	Arifwala	PK	\N	04	false	854462	30.29058	73.06574	Asia/Karachi
11785389	Wah Cantt	PK	\N	04	false	400733	33.77094	72.75116	Asia/Karachi
756135	Warsaw	PL	\N	78	true	1702139	52.22977	21.01178	Europe/Warsaw
765876	Lublin	PL	\N	75	false	336339	51.25058	22.57009	Europe/Warsaw
3081368	Wrocław	PL	\N	72	false	672545	51.10286	17.03006	Europe/Warsaw
3083829	Szczecin	PL	\N	87	false	395513	53.42894	14.55302	Europe/Warsaw
3088171	Poznań	PL	\N	86	false	536151	52.40692	16.92993	Europe/Warsaw
3093133	Łódź	PL	\N	74	false	639890	51.77058	19.47395	Europe/Warsaw
3094802	Kraków	PL	\N	77	false	816614	50.06143	19.93658	Europe/Warsaw
3099434	Gdańsk	PL	\N	82	false	487371	54.35227	18.64912	Europe/Warsaw
3102014	Bydgoszcz	PL	\N	73	false	330038	53.1235	18.00762	Europe/Warsaw
3424934	Saint-Pierre	PM	\N	97502	true	6200	46.77914	-56.1773	America/Miquelon
4030723	Adamstown	PN	\N	\N	true	46	-25.06597	-130.10147	Pacific/Pitcairn
4568127	San Juan	PR	\N	127	true	418140	18.46633	-66.10572	America/Puerto_Rico
281133	Gaza	PS	\N	GZ	false	410000	31.50161	34.46672	Asia/Gaza
7303419	East Jerusalem	PS	\N	WE	true	428304	31.78336	35.23388	Asia/Hebron
2267057	Lisbon	PT	\N	14	true	517802	38.72509	-9.1498	Europe/Lisbon
3439101	Ciudad del Este	PY	\N	01	false	301815	-25.5036	-54.65067	America/Asuncion
3439389	Asunción	PY	\N	22	true	1482200	-25.28646	-57.647	America/Asuncion
290030	Doha	QA	\N	01	true	344939	25.28545	51.53096	Asia/Qatar
935264	Saint-Denis	RE	\N	RE	true	154765	-20.88231	55.4504	Indian/Reunion
675810	Iaşi	RO	\N	23	false	378954	47.16667	27.6	Europe/Bucharest
680963	Constanţa	RO	\N	14	false	317832	44.18073	28.63432	Europe/Bucharest
683506	Bucharest	RO	\N	10	true	1877155	44.43225	26.10626	Europe/Bucharest
11048319	Sector 3	RO	\N	10	false	385439	44.4234	26.16874	Europe/Bucharest
11048323	Sector 6	RO	\N	10	false	367760	44.43579	26.01649	Europe/Bucharest
792680	Belgrade	RS	\N	SE	true	1273651	44.80401	20.46513	Europe/Belgrade
468902	Yaroslavl	RU	\N	88	false	608722	57.62987	39.87368	Europe/Moscow
472045	Voronezh	RU	\N	86	false	1047549	51.66833	39.19204	Europe/Moscow
472231	Volzhsky	RU	\N	84	false	323293	48.78583	44.77973	Europe/Volgograd
472459	Vologda	RU	\N	85	false	312420	59.2239	39.88398	Europe/Moscow
472757	Volgograd	RU	\N	84	false	1013533	48.71378	44.4976	Europe/Volgograd
473247	Vladimir	RU	\N	83	false	357024	56.13854	40.39976	Europe/Moscow
473249	Vladikavkaz	RU	\N	68	false	306258	43.04101	44.66986	Europe/Moscow
479123	Ulyanovsk	RU	\N	81	false	626540	54.32824	48.38657	Europe/Ulyanovsk
479561	Ufa	RU	\N	08	false	1120547	54.74306	55.96779	Asia/Yekaterinburg
480060	Tver	RU	\N	77	false	420065	56.85836	35.90057	Europe/Moscow
480562	Tula	RU	\N	76	false	482873	54.19609	37.61822	Europe/Moscow
482283	Tolyatti	RU	\N	65	false	702879	53.5303	49.3461	Europe/Samara
487846	Stavropol	RU	\N	70	false	433931	45.03442	41.9642	Europe/Moscow
491422	Sochi	RU	\N	38	false	327608	43.59699	39.72477	Europe/Moscow
491687	Smolensk	RU	\N	69	false	330025	54.77826	32.05088	Europe/Moscow
498677	Saratov	RU	\N	67	false	844858	51.54048	45.9901	Europe/Saratov
498698	Saransk	RU	\N	46	false	318841	54.18485	45.17166	Europe/Moscow
498817	Saint Petersburg	RU	\N	66	false	5351935	59.93863	30.31413	Europe/Moscow
499099	Samara	RU	\N	65	false	1163399	53.20767	50.13553	Europe/Samara
500096	Ryazan’	RU	\N	62	false	538962	54.62696	39.70415	Europe/Moscow
501175	Rostov-on-Don	RU	\N	61	false	1130305	47.21997	39.70769	Europe/Moscow
511196	Perm	RU	\N	90	false	982419	58.01046	56.25017	Asia/Yekaterinburg
511565	Penza	RU	\N	57	false	523553	53.19568	45.01075	Europe/Moscow
515003	Orenburg	RU	\N	55	false	564773	51.76712	55.09883	Asia/Yekaterinburg
515012	Orël	RU	\N	56	false	303696	52.96879	36.0791	Europe/Moscow
520494	Nizhny Tagil	RU	\N	71	false	381116	57.91944	59.965	Asia/Yekaterinburg
520555	Nizhniy Novgorod	RU	\N	51	false	1259013	56.32867	44.00205	Europe/Moscow
523750	Naberezhnyye Chelny	RU	\N	73	false	509870	55.73718	52.41961	Europe/Moscow
524901	Moscow	RU	\N	48	true	10381222	55.75204	37.61781	Europe/Moscow
532096	Makhachkala	RU	\N	17	false	596356	42.97782	47.50027	Europe/Moscow
532288	Magnitogorsk	RU	\N	13	false	413351	53.39808	59.0066	Asia/Yekaterinburg
535121	Lipetsk	RU	\N	43	false	509735	52.5876	39.55151	Europe/Moscow
538560	Kursk	RU	\N	41	false	448733	51.72689	36.18457	Europe/Moscow
542420	Krasnodar	RU	\N	38	false	899541	45.04534	38.98178	Europe/Moscow
548408	Kirov	RU	\N	33	false	507155	58.59809	49.65783	Europe/Kirov
551487	Kazan	RU	\N	73	false	1243500	55.78874	49.12214	Europe/Moscow
553915	Kaluga	RU	\N	25	false	340851	54.53063	36.27	Europe/Moscow
554234	Kaliningrad	RU	\N	23	false	475056	54.70639	20.51102	Europe/Kaliningrad
554840	Izhevsk	RU	\N	80	false	648213	56.85225	53.19862	Europe/Samara
555312	Ivanovo	RU	\N	21	false	406113	56.99988	40.97257	Europe/Moscow
569223	Cherepovets	RU	\N	85	false	315738	59.13333	37.9	Europe/Moscow
569696	Cheboksary	RU	\N	16	false	492331	56.13218	47.246	Europe/Moscow
571476	Bryansk	RU	\N	10	false	427236	53.27096	34.32143	Europe/Moscow
578072	Belgorod	RU	\N	09	false	345289	50.60343	36.58091	Europe/Moscow
580497	Astrakhan	RU	\N	07	false	533925	46.34968	48.04076	Europe/Astrakhan
581049	Arkhangel’sk	RU	\N	06	false	349742	64.5461	40.55183	Europe/Moscow
1486209	Yekaterinburg	RU	\N	71	false	1495066	56.85733	60.61529	Asia/Yekaterinburg
1488754	Tyumen	RU	\N	78	false	768358	57.15222	65.52722	Asia/Yekaterinburg
1489425	Tomsk	RU	\N	75	false	574002	56.50049	84.98216	Asia/Tomsk
1490624	Surgut	RU	\N	32	false	300367	61.25757	73.41775	Asia/Yekaterinburg
1496153	Omsk	RU	\N	54	false	1172070	54.99244	73.36859	Asia/Omsk
1496747	Novosibirsk	RU	\N	53	false	1612833	55.02259	82.93175	Asia/Novosibirsk
1496990	Novokuznetsk	RU	\N	29	false	539616	53.75752	87.13599	Asia/Novokuznetsk
1501321	Kurgan	RU	\N	40	false	309285	55.44905	65.34344	Asia/Yekaterinburg
1502026	Krasnoyarsk	RU	\N	91	false	1090811	56.03742	92.93136	Asia/Krasnoyarsk
1503901	Kemerovo	RU	\N	29	false	558973	55.35417	86.10435	Asia/Novokuznetsk
1508291	Chelyabinsk	RU	\N	13	false	1202371	55.1611	61.42877	Asia/Yekaterinburg
1510853	Barnaul	RU	\N	04	false	632372	53.36199	83.72786	Asia/Barnaul
2013348	Vladivostok	RU	\N	59	false	604901	43.10562	131.87353	Asia/Vladivostok
2014407	Ulan-Ude	RU	\N	11	false	360278	51.82648	107.59979	Asia/Irkutsk
2022890	Khabarovsk	RU	\N	30	false	618150	48.46204	135.0971	Asia/Vladivostok
2023469	Irkutsk	RU	\N	20	false	623869	52.29566	104.29076	Asia/Irkutsk
2025339	Chita	RU	\N	93	false	349005	52.04311	113.49171	Asia/Chita
8504951	Kalininskiy	RU	\N	66	false	504641	59.99675	30.3899	Europe/Moscow
8504952	Krasnogvargeisky	RU	\N	66	false	337091	59.97305	30.47607	Europe/Moscow
202061	Kigali	RW	\N	12	true	1132686	-1.94995	30.05885	Africa/Kigali
101628	Tabuk	SA	\N	19	false	667000	28.3998	36.57151	Asia/Riyadh
101760	Sulţānah	SA	\N	05	false	946697	24.49258	39.58572	Asia/Riyadh
103630	Najrān	SA	\N	16	false	505652	17.49326	44.12766	Asia/Riyadh
104515	Makkah	SA	\N	14	false	1578722	21.42664	39.82563	Asia/Riyadh
105072	Khamis Mushait	SA	\N	11	false	387553	18.3	42.73333	Asia/Riyadh
105343	Jeddah	SA	\N	14	false	4697000	21.49012	39.18624	Asia/Riyadh
106281	Ha'il	SA	\N	13	false	605930	27.52188	41.69073	Asia/Riyadh
107304	Buraydah	SA	\N	08	false	745353	26.32599	43.97497	Asia/Riyadh
107968	Ta’if	SA	\N	14	false	688693	21.27028	40.41583	Asia/Riyadh
108410	Riyadh	SA	\N	10	true	4205961	24.68773	46.72185	Asia/Riyadh
109223	Madinah	SA	\N	05	false	1300000	24.46861	39.61417	Asia/Riyadh
109353	Al Kharj	SA	\N	10	false	425300	24.15541	47.33457	Asia/Riyadh
110336	Dammam	SA	\N	06	false	1252523	26.43442	50.10326	Asia/Riyadh
2108502	Honiara	SB	\N	14	true	56298	-9.43333	159.95	Pacific/Guadalcanal
241131	Victoria	SC	\N	26	true	22881	-4.62001	55.45501	Indian/Mahe
364103	Wad Medani	SD	\N	38	false	332714	14.40118	33.51989	Africa/Khartoum
365137	Omdurman	SD	\N	29	false	1849659	15.64453	32.47773	Africa/Khartoum
369004	Nyala	SD	\N	49	false	565734	12.04888	24.88069	Africa/Khartoum
371760	Kosti	SD	\N	41	false	345068	13.1629	32.66347	Africa/Khartoum
372753	Kassala	SD	\N	52	false	401477	15.45099	36.39998	Africa/Khartoum
377039	Port Sudan	SD	\N	36	false	489725	19.61745	37.21644	Africa/Khartoum
379003	El Obeid	SD	\N	56	false	393311	13.18421	30.21669	Africa/Khartoum
379062	Al Qadarif	SD	\N	39	false	363945	14.03493	35.38344	Africa/Khartoum
379251	Khartoum North	SD	\N	29	false	1012211	15.64925	32.53458	Africa/Khartoum
379252	Khartoum	SD	\N	29	true	1974647	15.55177	32.53241	Africa/Khartoum
2673730	Stockholm	SE	\N	26	true	1515017	59.32938	18.06871	Europe/Stockholm
2692969	Malmö	SE	\N	27	false	362133	55.60587	13.00073	Europe/Stockholm
2711537	Gothenburg	SE	\N	28	false	608462	57.70716	11.96679	Europe/Stockholm
1880252	Singapore	SG	\N	\N	true	5638700	1.28967	103.85007	Asia/Singapore
3370903	Jamestown	SH	\N	02	true	637	-15.92488	-5.71816	Atlantic/St_Helena
3196359	Ljubljana	SI	\N	61	true	272220	46.05108	14.50513	Europe/Ljubljana
2729907	Longyearbyen	SJ	\N	21	true	2368	78.22334	15.64689	Arctic/Longyearbyen
3060972	Bratislava	SK	\N	02	true	423737	48.14816	17.10674	Europe/Bratislava
2409306	Freetown	SL	\N	04	true	802639	8.48714	-13.2356	Africa/Freetown
3168070	San Marino	SM	\N	07	true	4500	43.93667	12.44639	Europe/San_Marino
2244322	Touba	SN	\N	03	false	1120824	14.86229	-15.87532	Africa/Dakar
2244802	Thiès	SN	\N	07	false	317763	14.78944	-16.92602	Africa/Dakar
2246678	Pikine	SN	\N	01	false	1170791	14.76457	-17.39071	Africa/Dakar
2253354	Dakar	SN	\N	01	true	2646503	14.6937	-17.44406	Africa/Dakar
2595778	Guédiawaye	SN	\N	01	false	329659	14.77446	-17.40212	Africa/Dakar
53654	Mogadishu	SO	\N	02	true	2587183	2.03711	45.34375	Africa/Mogadishu
57289	Hargeysa	SO	\N	20	false	477876	9.56	44.065	Africa/Mogadishu
64021	Borama	SO	\N	21	false	597842	9.93611	43.18278	Africa/Mogadishu
3383330	Paramaribo	SR	\N	16	true	223757	5.86638	-55.16682	America/Paramaribo
363807	Winejok	SS	\N	05	false	300000	9.01222	27.57081	Africa/Juba
373303	Juba	SS	\N	01	true	450000	4.85165	31.58247	Africa/Juba
2410763	São Tomé	ST	\N	02	true	53300	0.33756	6.7299	Africa/Sao_Tome
3583096	Soyapango	SV	\N	10	false	329708	13.71024	-89.13989	America/El_Salvador
3583361	San Salvador	SV	\N	10	true	525990	13.68935	-89.18718	America/El_Salvador
3513392	Philipsburg	SX	\N	\N	true	1400	18.026	-63.04582	America/Lower_Princes
163345	Ţarţūs	SY	\N	14	false	458327	34.88902	35.88659	Asia/Damascus
169577	Homs	SY	\N	11	false	775404	34.72405	36.72559	Asia/Damascus
170017	Ḩamāh	SY	\N	10	false	460602	35.13179	36.75783	Asia/Damascus
170063	Aleppo	SY	\N	09	false	2098210	36.20124	37.16117	Asia/Damascus
170654	Damascus	SY	\N	13	true	1569394	33.5102	36.29128	Asia/Damascus
172955	Ar Raqqah	SY	\N	04	false	531952	35.95283	39.00788	Asia/Damascus
173576	Latakia	SY	\N	02	false	709000	35.53125	35.79088	Asia/Damascus
173811	Al Ḩasakah	SY	\N	01	false	422445	36.50237	40.74772	Asia/Damascus
934985	Mbabane	SZ	\N	01	true	76218	-26.31667	31.13333	Africa/Mbabane
3576994	Cockburn Town	TC	\N	00	true	3720	21.46122	-71.14188	America/Grand_Turk
2427123	N'Djamena	TD	\N	21	true	1359526	12.10672	15.0444	Africa/Ndjamena
1546102	Port-aux-Français	TF	\N	03	true	45	-49.34916	70.21937	Indian/Kerguelen
2365267	Lomé	TG	\N	24	true	2188376	6.12874	1.22154	Africa/Lome
1606590	Samut Prakan	TH	\N	42	false	388920	13.5976	100.5972	Asia/Bangkok
1609350	Bangkok	TH	\N	40	true	5104476	13.75398	100.50144	Asia/Bangkok
1221874	Dushanbe	TJ	\N	04	true	679400	38.53575	68.77905	Asia/Dushanbe
1645457	Dili	TL	\N	DI	true	150000	-8.55861	125.57361	Asia/Dili
162183	Ashgabat	TM	\N	S	true	1030063	37.95	58.38333	Asia/Ashgabat
2464470	Tunis	TN	\N	36	true	693210	36.81897	10.16579	Africa/Tunis
4032402	Nuku‘alofa	TO	\N	02	true	22400	-21.13683	-175.20114	Pacific/Tongatapu
298117	Van	TR	\N	65	false	525016	38.49457	43.38323	Europe/Istanbul
298299	Uşak	TR	\N	64	false	369433	38.67351	29.4058	Europe/Istanbul
298333	Şanlıurfa	TR	\N	63	false	449549	37.16708	38.79392	Europe/Istanbul
299817	Tarsus	TR	\N	32	false	350732	36.91766	34.89277	Europe/Istanbul
304531	Mersin	TR	\N	32	false	537842	36.81196	34.63886	Europe/Istanbul
304922	Malatya	TR	\N	44	false	750491	38.35018	38.31667	Europe/Istanbul
306571	Konya	TR	\N	71	false	1433861	37.87135	32.48464	Europe/Istanbul
306641	Konak	TR	\N	35	false	332277	38.4	27.1	Europe/Istanbul
308464	Kayseri	TR	\N	38	false	1452458	38.73222	35.48528	Europe/Istanbul
308988	Karşıyaka	TR	\N	35	false	339624	38.45772	27.1142	Europe/Istanbul
310859	Kahramanmaraş	TR	\N	46	false	384953	37.5847	36.92641	Europe/Istanbul
311046	İzmir	TR	\N	35	false	2938292	38.41273	27.13838	Europe/Istanbul
314830	Gaziantep	TR	\N	83	false	2222415	37.05944	37.3825	Europe/Istanbul
315202	Eskişehir	TR	\N	26	false	921630	39.77667	30.52056	Europe/Istanbul
315368	Erzurum	TR	\N	25	false	767848	39.90861	41.27694	Europe/Istanbul
315808	Elazığ	TR	\N	23	false	443363	38.67431	39.22321	Europe/Istanbul
316541	Diyarbakır	TR	\N	21	false	1833684	37.91363	40.21721	Europe/Istanbul
317109	Denizli	TR	\N	20	false	313238	37.77417	29.0875	Europe/Istanbul
321836	Batman	TR	\N	76	false	452157	37.88738	41.13221	Europe/Istanbul
323777	Antalya	TR	\N	07	false	1335002	36.90812	30.69556	Europe/Istanbul
323779	Antakya	TR	\N	31	false	399045	36.20655	36.15722	Europe/Istanbul
323786	Ankara	TR	\N	68	true	3517182	39.91987	32.85427	Europe/Istanbul
324190	Alanya	TR	\N	07	false	364180	36.54375	31.99982	Europe/Istanbul
324496	Aksaray	TR	\N	75	false	327575	38.37255	34.02537	Europe/Istanbul
325363	Adana	TR	\N	81	false	1816750	36.98615	35.32531	Europe/Istanbul
442301	Batikent	TR	\N	68	false	300000	39.96833	32.73083	Europe/Istanbul
738329	Üsküdar	TR	\N	34	false	524452	41.02274	29.01366	Europe/Istanbul
738377	Umraniye	TR	\N	34	false	573265	41.01643	29.12476	Europe/Istanbul
739549	Şişli	TR	\N	34	false	314684	41.06046	28.98717	Europe/Istanbul
740264	Samsun	TR	\N	55	false	394050	41.27976	36.3361	Europe/Istanbul
741763	Maltepe	TR	\N	34	false	427040	40.93567	29.15507	Europe/Istanbul
742394	Küçükçekmece	TR	\N	34	false	792030	40.99104	28.77123	Europe/Istanbul
745044	Istanbul	TR	\N	34	false	15701602	41.01384	28.94966	Europe/Istanbul
747158	Fatih	TR	\N	34	false	356025	41.0225	28.94083	Europe/Istanbul
747323	Esenyurt	TR	\N	34	false	983571	41.02697	28.67732	Europe/Istanbul
747340	Esenler	TR	\N	34	false	520235	41.0435	28.87619	Europe/Istanbul
750269	Bursa	TR	\N	16	false	3101833	40.19559	29.06013	Europe/Istanbul
751324	Bağcılar	TR	\N	34	false	740069	41.03903	28.85671	Europe/Istanbul
6947637	Ataşehir	TR	\N	34	false	361615	40.9833	29.1167	Europe/Istanbul
6947640	Beylikdüzü	TR	\N	34	false	415290	40.982	28.6399	Europe/Istanbul
6955677	Çankaya	TR	\N	68	false	792189	39.9179	32.86268	Europe/Istanbul
7627067	Bahçelievler	TR	\N	34	false	576799	41.00231	28.8598	Europe/Istanbul
7628416	Sultangazi	TR	\N	34	false	436935	41.10652	28.86847	Europe/Istanbul
7628419	Sultanbeyli	TR	\N	34	false	358201	40.96072	29.27067	Europe/Istanbul
7628420	Sancaktepe	TR	\N	34	false	489848	41.00244	29.23187	Europe/Istanbul
7701384	Karabağlar	TR	\N	35	false	479338	38.382	27.132	Europe/Istanbul
8074174	Muratpaşa	TR	\N	07	false	450000	36.89157	30.76498	Europe/Istanbul
10346824	Nilüfer	TR	\N	16	false	536365	40.21401	28.91567	Europe/Istanbul
3573890	Port of Spain	TT	\N	05	true	49031	10.66668	-61.51889	America/Port_of_Spain
2110394	Funafuti	TV	\N	FUN	true	6320	-8.52425	179.19417	Pacific/Funafuti
1668341	Taipei	TW	\N	04	true	7871900	25.05306	121.52639	Asia/Taipei
1668355	Tainan	TW	\N	04	false	1856642	22.99083	120.21333	Asia/Taipei
1668399	Taichung	TW	\N	04	false	2850285	24.1469	120.6839	Asia/Taipei
1670029	Banqiao	TW	\N	03	false	551221	25.01427	121.46719	Asia/Taipei
1673816	Fengshan	TW	\N	02	false	356463	22.62659	120.36126	Asia/Taipei
1673820	Kaohsiung	TW	\N	02	false	2737660	22.61626	120.31333	Asia/Taipei
1675151	Hsinchu	TW	\N	04	false	453536	24.80361	120.96861	Asia/Taipei
1678228	Keelung	TW	\N	04	false	362487	25.13089	121.74094	Asia/Taipei
6696918	Taoyuan	TW	\N	04	false	475798	24.99368	121.29696	Asia/Taipei
12908892	New Taipei City	TW	\N	03	false	4004367	25.06199	121.45703	Asia/Taipei
148730	Zanzibar	TZ	\N	25	false	709809	-6.16394	39.19793	Africa/Dar_es_Salaam
149606	Tanga	TZ	\N	18	false	393429	-5.06893	39.09875	Africa/Dar_es_Salaam
149658	Tabora	TZ	\N	17	false	308741	-5.01622	32.82663	Africa/Dar_es_Salaam
149703	Sumbawanga	TZ	\N	24	false	303986	-7.96667	31.61667	Africa/Dar_es_Salaam
152224	Mwanza	TZ	\N	12	false	1104521	-2.51667	32.9	Africa/Dar_es_Salaam
153220	Morogoro	TZ	\N	10	false	471409	-6.82102	37.66122	Africa/Dar_es_Salaam
154380	Mbeya	TZ	\N	09	false	541603	-8.9	33.45	Africa/Dar_es_Salaam
158597	Kahama	TZ	\N	15	false	453654	-3.83333	32.6	Africa/Dar_es_Salaam
159908	Geita	TZ	\N	28	false	318006	-2.8725	32.2325	Africa/Dar_es_Salaam
160196	Dodoma	TZ	\N	03	true	765179	-6.17221	35.73947	Africa/Dar_es_Salaam
160263	Dar es Salaam	TZ	\N	23	false	5383728	-6.82349	39.26951	Africa/Dar_es_Salaam
161325	Arusha	TZ	\N	26	false	617631	-3.36667	36.68333	Africa/Dar_es_Salaam
687700	Zaporizhzhya	UA	\N	26	false	710052	47.85167	35.11714	Europe/Kyiv
689558	Vinnytsya	UA	\N	23	false	430091	49.2322	28.46871	Europe/Kyiv
693805	Simferopol	UA	\N	11	false	336460	44.95719	34.11079	Europe/Simferopol
694423	Sevastopol	UA	\N	20	false	547820	44.60795	33.52134	Europe/Simferopol
698740	Odesa	UA	\N	17	false	1010537	46.48572	30.74383	Europe/Kyiv
700569	Mykolayiv	UA	\N	16	false	470011	46.97625	31.99296	Europe/Kyiv
702320	Makiyivka	UA	\N	05	false	338968	48.04782	37.92576	Europe/Kyiv
702550	Lviv	UA	\N	15	false	717273	49.83826	24.02324	Europe/Kyiv
702658	Luhansk	UA	\N	14	false	397677	48.56814	39.30553	Europe/Kyiv
703448	Kyiv	UA	\N	12	true	2952301	50.45466	30.5238	Europe/Kyiv
703845	Kryvyy Rih	UA	\N	04	false	603904	47.90572	33.39404	Europe/Kyiv
706483	Kharkiv	UA	\N	07	false	1421125	49.98177	36.25475	Europe/Kyiv
709717	Donetsk	UA	\N	05	false	901645	48.023	37.80224	Europe/Kyiv
709930	Dnipro	UA	\N	04	false	968502	48.46664	35.04066	Europe/Kyiv
6722148	Saltivka	UA	\N	07	false	409300	50.02207	36.34901	Europe/Kyiv
13546518	Dniprovskyi	UA	\N	12	false	357900	50.45366	30.60146	Europe/Kyiv
13546519	Desna	UA	\N	12	false	368500	50.52207	30.68228	Europe/Kyiv
13580034	Pravyi Bereh	UA	\N	05	false	352088	47.11498	37.58519	Europe/Kyiv
13580095	Darnytsya	UA	\N	12	false	343384	50.41596	30.69534	Europe/Kyiv
231165	Kira	UG	\N	C	false	462900	0.4	32.63333	Africa/Kampala
232422	Kampala	UG	\N	C	true	1680600	0.31628	32.58219	Africa/Kampala
234179	Bunamwaya	UG	\N	C	false	413400	0.25344	32.55723	Africa/Kampala
10943053	Nansana	UG	\N	C	false	532800	0.36389	32.52861	Africa/Kampala
4140963	Washington	US	DC	DC	true	689545	38.89511	-77.03637	America/New_York
4160021	Jacksonville	US	FL	FL	false	1009833	30.33218	-81.65565	America/New_York
4164138	Miami	US	FL	FL	false	487014	25.77427	-80.19366	America/New_York
4167147	Orlando	US	FL	FL	false	334854	28.53834	-81.37924	America/New_York
4174757	Tampa	US	FL	FL	false	414547	27.94752	-82.45843	America/New_York
4180439	Atlanta	US	GA	GA	false	510823	33.749	-84.38798	America/New_York
4259418	Indianapolis	US	IN	IN	false	887642	39.76838	-86.15804	America/Indiana/Indianapolis
4281730	Wichita	US	KS	KS	false	396119	37.69224	-97.33754	America/Chicago
4297983	Lexington	US	KY	KY	false	320347	37.98869	-84.47772	America/New_York
4297999	Lexington-Fayette	US	KY	KY	false	314488	38.0498	-84.45855	America/New_York
4299276	Louisville	US	KY	KY	false	624444	38.25424	-85.75941	America/Kentucky/Louisville
4335045	New Orleans	US	LA	LA	false	362701	29.95465	-90.07507	America/Chicago
4347778	Baltimore	US	MD	MD	false	585708	39.29038	-76.61219	America/New_York
4393217	Kansas City	US	MO	MO	false	475378	39.09973	-94.57857	America/Chicago
4460243	Charlotte	US	NC	NC	false	911311	35.22709	-80.84313	America/New_York
4487042	Raleigh	US	NC	NC	false	482295	35.7721	-78.63861	America/New_York
4498303	West Raleigh	US	NC	NC	false	338759	35.78682	-78.66389	America/New_York
4508722	Cincinnati	US	OH	OH	false	311097	39.12711	-84.51439	America/New_York
4509177	Columbus	US	OH	OH	false	913175	39.96118	-82.99879	America/New_York
4544349	Oklahoma City	US	OK	OK	false	681054	35.46756	-97.51643	America/Chicago
4553433	Tulsa	US	OK	OK	false	413066	36.15398	-95.99277	America/Chicago
4560349	Philadelphia	US	PA	PA	false	1573916	39.95238	-75.16362	America/New_York
4641239	Memphis	US	TN	TN	false	633104	35.14953	-90.04898	America/Chicago
4644585	Nashville	US	TN	TN	false	689447	36.16589	-86.78444	America/Chicago
4645421	New South Memphis	US	TN	TN	false	641608	35.08676	-90.05676	America/Chicago
4671240	Arlington	US	TX	TX	false	388125	32.73569	-97.10807	America/Chicago
4671654	Austin	US	TX	TX	false	974447	30.26715	-97.74306	America/Chicago
4683416	Corpus Christi	US	TX	TX	false	316239	27.80058	-97.39638	America/Chicago
4684888	Dallas	US	TX	TX	false	1326087	32.78306	-96.80667	America/Chicago
4691930	Fort Worth	US	TX	TX	false	1008106	32.72541	-97.32085	America/Chicago
4699066	Houston	US	TX	TX	false	2314157	29.76328	-95.36327	America/Chicago
4726206	San Antonio	US	TX	TX	false	1526656	29.42412	-98.49363	America/Chicago
4791259	Virginia Beach	US	VA	VA	false	454808	36.85293	-75.97799	America/New_York
4887398	Chicago	US	IL	IL	false	2664452	41.85003	-87.65005	America/Chicago
4930956	Boston	US	MA	MA	false	653833	42.35843	-71.05977	America/New_York
4951305	South Boston	US	MA	MA	false	571281	42.33343	-71.04949	America/New_York
4990729	Detroit	US	MI	MI	false	645705	42.33143	-83.04575	America/Detroit
5037649	Minneapolis	US	MN	MN	false	410939	44.97997	-93.26384	America/Chicago
5045360	Saint Paul	US	MN	MN	false	303176	44.94441	-93.09327	America/Chicago
5074472	Omaha	US	NE	NE	false	486051	41.25626	-95.94043	America/Chicago
5110266	The Bronx	US	NY	NY	false	1385108	40.84985	-73.86641	America/New_York
5110302	Brooklyn	US	NY	NY	false	2736074	40.6501	-73.94958	America/New_York
5125771	Manhattan	US	NY	NY	false	1487536	40.78343	-73.96625	America/New_York
5128581	New York City	US	NY	NY	false	8804190	40.71427	-74.00597	America/New_York
5133273	Queens	US	NY	NY	false	2316841	40.68149	-73.83652	America/New_York
5139568	Staten Island	US	NY	NY	false	468730	40.56233	-74.13986	America/New_York
5150529	Cleveland	US	OH	OH	false	365379	41.4995	-81.69541	America/New_York
5206379	Pittsburgh	US	PA	PA	false	304391	40.44062	-79.99589	America/New_York
5263045	Milwaukee	US	WI	WI	false	563531	43.0389	-87.90647	America/Chicago
5304391	Mesa	US	AZ	AZ	false	471825	33.42227	-111.82264	America/Phoenix
5308655	Phoenix	US	AZ	AZ	false	1650070	33.44838	-112.07404	America/Phoenix
5318313	Tucson	US	AZ	AZ	false	542629	32.22174	-110.92648	America/Phoenix
5323810	Anaheim	US	CA	CA	false	350742	33.83529	-117.9145	America/Los_Angeles
5325738	Bakersfield	US	CA	CA	false	373640	35.37329	-119.01871	America/Los_Angeles
5350937	Fresno	US	CA	CA	false	542107	36.74773	-119.77237	America/Los_Angeles
5367929	Long Beach	US	CA	CA	false	474140	33.76696	-118.18923	America/Los_Angeles
5368361	Los Angeles	US	CA	CA	false	3820914	34.05223	-118.24368	America/Los_Angeles
5378538	Oakland	US	CA	CA	false	419267	37.80437	-122.2708	America/Los_Angeles
5387877	Riverside	US	CA	CA	false	317261	33.95335	-117.39616	America/Los_Angeles
5389489	Sacramento	US	CA	CA	false	524943	38.58157	-121.4944	America/Los_Angeles
5391811	San Diego	US	CA	CA	false	1404452	32.71571	-117.16472	America/Los_Angeles
5391959	San Francisco	US	CA	CA	false	827526	37.77493	-122.41942	America/Los_Angeles
5392171	San Jose	US	CA	CA	false	997368	37.33939	-121.89496	America/Los_Angeles
5392900	Santa Ana	US	CA	CA	false	310227	33.74557	-117.86783	America/Los_Angeles
5399020	Stockton	US	CA	CA	false	305658	37.9577	-121.29078	America/Los_Angeles
5412347	Aurora	US	CO	CO	false	359407	39.72943	-104.83192	America/Denver
5417598	Colorado Springs	US	CO	CO	false	456568	38.83388	-104.82136	America/Denver
5419384	Denver	US	CO	CO	false	729019	39.73915	-104.9847	America/Denver
5454711	Albuquerque	US	NM	NM	false	564559	35.08449	-106.65114	America/Denver
5506956	Las Vegas	US	NV	NV	false	641903	36.17497	-115.13722	America/Los_Angeles
5520993	El Paso	US	TX	TX	false	678815	31.75872	-106.48693	America/Denver
5746545	Portland	US	OR	OR	false	652503	45.52345	-122.67621	America/Los_Angeles
5809844	Seattle	US	WA	WA	false	780995	47.60621	-122.33207	America/Los_Angeles
5856195	Honolulu	US	HI	HI	false	350964	21.30694	-157.85833	Pacific/Honolulu
3441575	Montevideo	UY	\N	10	true	1270737	-34.90328	-56.18816	America/Montevideo
601294	Nukus	UZ	\N	09	false	332500	42.45861	59.60576	Asia/Samarkand
1216265	Samarkand	UZ	\N	10	false	595200	39.65456	66.96445	Asia/Samarkand
1512296	Yunusobod	UZ	\N	13	false	352000	41.37139	69.27944	Asia/Tashkent
1512569	Tashkent	UZ	\N	13	true	1978028	41.26465	69.21627	Asia/Tashkent
1513157	Namangan	UZ	\N	06	false	713220	40.9983	71.67257	Asia/Tashkent
1514588	Andijon	UZ	\N	01	false	747800	40.78338	72.35067	Asia/Tashkent
6691831	Vatican City	VA	\N	\N	true	829	41.90268	12.45414	Europe/Vatican
3577887	Kingstown	VC	\N	04	true	24518	13.15527	-61.22742	America/St_Vincent
3625549	Valencia	VE	\N	07	false	1619470	10.16153	-68.00044	America/Caracas
3625829	Turmero	VE	\N	04	false	344700	10.22856	-67.47421	America/Caracas
3629672	Puerto La Cruz	VE	\N	02	false	370000	10.21382	-64.6328	America/Caracas
3630297	Petare	VE	\N	15	false	364684	10.47679	-66.80786	America/Caracas
3632308	Mérida	VE	\N	14	false	300000	8.57899	-71.16922	America/Caracas
3632998	Maracay	VE	\N	04	false	464700	10.24972	-67.59475	America/Caracas
3633009	Maracaibo	VE	\N	23	false	1752602	10.64232	-71.61089	America/Caracas
3644768	Cumaná	VE	\N	19	false	405626	10.4639	-64.17859	America/Caracas
3645528	Ciudad Guayana	VE	\N	06	false	978202	8.35122	-62.64102	America/Caracas
3645532	Ciudad Bolívar	VE	\N	06	false	412619	8.12366	-63.54694	America/Caracas
3646738	Caracas	VE	\N	25	true	3000000	10.48801	-66.87919	America/Caracas
3647651	Cabimas	VE	\N	23	false	351736	10.39907	-71.45206	America/Caracas
3648522	Barquisimeto	VE	\N	13	false	1240714	10.0647	-69.35703	America/Caracas
3648546	Barinas	VE	\N	05	false	397279	8.62064	-70.23105	America/Caracas
3648559	Barcelona	VE	\N	02	false	815141	10.1384	-64.68769	America/Caracas
3778045	Maturín	VE	\N	16	false	647459	9.74569	-63.18323	America/Caracas
3577430	Road Town	VG	\N	00	true	8449	18.42693	-64.62079	America/Tortola
4795467	Charlotte Amalie	VI	\N	030	true	20000	18.3419	-64.9307	America/St_Thomas
1562414	Vũng Tàu	VN	\N	79	false	464860	10.34599	107.08426	Asia/Ho_Chi_Minh
1562798	Vinh	VN	\N	40	false	790000	18.67337	105.69232	Asia/Bangkok
1562820	Việt Trì	VN	\N	25	false	415280	21.32274	105.40198	Asia/Bangkok
1564064	Long Bien	VN	\N	01	false	347829	21.03333	105.9	Asia/Bangkok
1565019	Thủ Đức	VN	\N	79	false	524670	10.84863	106.77209	Asia/Ho_Chi_Minh
1565022	Thủ Dầu Một	VN	\N	79	false	373105	10.9804	106.6519	Asia/Ho_Chi_Minh
1566083	Ho Chi Minh City	VN	\N	79	false	14002598	10.82302	106.62965	Asia/Ho_Chi_Minh
1566166	Thanh Hóa	VN	\N	38	false	850000	19.8	105.76667	Asia/Bangkok
1566319	Thái Nguyên	VN	\N	19	false	420000	21.59422	105.84817	Asia/Bangkok
1568510	Rạch Giá	VN	\N	91	false	459860	10.01245	105.08091	Asia/Ho_Chi_Minh
1568574	Qui Nhon	VN	\N	52	false	519208	13.77648	109.22367	Asia/Ho_Chi_Minh
1572151	Nha Trang	VN	\N	56	false	579000	12.24507	109.19432	Asia/Ho_Chi_Minh
1572532	Nghi Sơn	VN	\N	38	false	302210	19.32746	105.82145	Asia/Bangkok
1573517	Nam Định	VN	\N	37	false	448225	20.43389	106.17729	Asia/Bangkok
1580240	Huế	VN	\N	46	false	1380000	16.4619	107.59546	Asia/Bangkok
1581130	Hanoi	VN	\N	01	true	8053663	21.0245	105.84117	Asia/Bangkok
1581298	Haiphong	VN	\N	31	false	2625200	20.86481	106.68345	Asia/Bangkok
1583518	Dĩ An	VN	\N	79	false	463023	10.90682	106.7694	Asia/Ho_Chi_Minh
1583992	Da Nang	VN	\N	48	false	1276000	16.06778	108.22083	Asia/Ho_Chi_Minh
1585330	Chợ Lớn	VN	\N	79	false	561000	10.75	106.65	Asia/Ho_Chi_Minh
1586203	Cần Thơ	VN	\N	92	false	1507187	10.03711	105.78825	Asia/Ho_Chi_Minh
1586896	Buôn Ma Thuột	VN	\N	66	false	434256	12.66747	108.03775	Asia/Ho_Chi_Minh
1587923	Biên Hòa	VN	\N	75	false	1272235	10.94469	106.82432	Asia/Ho_Chi_Minh
1588060	Bến Cát	VN	\N	79	false	364578	11.15	106.6	Asia/Ho_Chi_Minh
1591527	Bắc Giang	VN	\N	24	false	450000	21.27307	106.1946	Asia/Bangkok
1594308	An Nhơn	VN	\N	52	false	308396	13.88579	109.10823	Asia/Ho_Chi_Minh
1904564	Bình Thạnh	VN	\N	79	false	552164	10.811	106.706	Asia/Ho_Chi_Minh
8616121	Đống Đa	VN	\N	01	false	371606	21.013	105.825	Asia/Bangkok
8616127	Hai Bà Trưng	VN	\N	01	false	303586	21.01341	105.84772	Asia/Bangkok
9645084	Quận Mười Một	VN	\N	79	false	332536	10.76383	106.64355	Asia/Ho_Chi_Minh
9645085	Quận Mười	VN	\N	79	false	399000	10.76823	106.66632	Asia/Ho_Chi_Minh
9871722	Gia Lâm	VN	\N	01	false	309353	21.02	105.939	Asia/Bangkok
12382296	Thuận An	VN	\N	79	false	588616	10.9239	106.71428	Asia/Ho_Chi_Minh
13405933	Bắc Từ Liêm	VN	\N	01	false	340605	21.06532	105.74661	Asia/Ho_Chi_Minh
2135171	Port-Vila	VU	\N	18	true	35901	-17.73648	168.31366	Pacific/Efate
4034821	Mata-Utu	WF	\N	98613	true	1200	-13.28163	-176.17453	Pacific/Wallis
4035413	Apia	WS	\N	10	true	40407	-13.83333	-171.76666	Pacific/Apia
786714	Pristina	XK	\N	10097360	true	550000	42.67272	21.16688	Europe/Belgrade
70225	Taiz	YE	\N	25	false	940600	13.57952	44.02091	Asia/Aden
71137	Sanaa	YE	\N	26	true	1937451	15.35452	44.20646	Asia/Aden
74477	Ibb	YE	\N	23	false	771514	13.96667	44.18333	Asia/Aden
78754	Mukalla	YE	\N	04	false	594951	14.54248	49.12424	Asia/Aden
79415	Al Ḩudaydah	YE	\N	08	false	734699	14.79781	42.95452	Asia/Aden
415189	Aden	YE	\N	02	false	1079670	12.77957	45.03852	Asia/Aden
921815	Mamoudzou	YT	\N	97611	true	54831	-12.78234	45.22878	Indian/Mayotte
936374	Roodepoort	ZA	\N	06	false	326416	-26.1625	27.8725	Africa/Johannesburg
939270	Emalahleni	ZA	\N	07	false	373403	-25.87133	29.23323	Africa/Johannesburg
940909	Welkom	ZA	\N	03	false	431944	-27.97742	26.73506	Africa/Johannesburg
944385	Vereeniging	ZA	\N	06	false	474681	-26.67313	27.92615	Africa/Johannesburg
949880	Thembisa	ZA	\N	06	false	511655	-25.99636	28.2268	Africa/Johannesburg
953781	Soweto	ZA	\N	06	false	1695047	-26.26781	27.85849	Africa/Johannesburg
954013	Soshanguve	ZA	\N	06	false	872309	-25.47288	28.09919	Africa/Johannesburg
958724	Rustenburg	ZA	\N	10	false	373695	-25.66756	27.24208	Africa/Johannesburg
963241	Randburg	ZA	\N	06	false	337053	-26.0941	28.00123	Africa/Johannesburg
964137	Pretoria	ZA	\N	06	true	2112693	-25.74486	28.18783	Africa/Johannesburg
964420	Gqeberha	ZA	\N	05	false	1050078	-33.96109	25.61494	Africa/Johannesburg
965301	Pietermaritzburg	ZA	\N	02	false	839327	-29.61679	30.39278	Africa/Johannesburg
971421	Newcastle	ZA	\N	02	false	404838	-27.75796	29.9318	Africa/Johannesburg
986822	Krugersdorp	ZA	\N	06	false	378821	-26.08577	27.77515	Africa/Johannesburg
993800	Johannesburg	ZA	\N	06	false	9418183	-26.20227	28.04363	Africa/Johannesburg
1004866	Evaton	ZA	\N	06	false	725468	-26.53333	27.85	Africa/Johannesburg
1006984	East London	ZA	\N	05	false	478676	-33.01529	27.91162	Africa/Johannesburg
1007311	Durban	ZA	\N	02	false	3338026	-29.8579	31.0292	Africa/Johannesburg
1016181	Brakpan	ZA	\N	06	false	305692	-26.23656	28.36938	Africa/Johannesburg
1016670	Botshabelo	ZA	\N	03	false	309714	-29.26737	26.72595	Africa/Johannesburg
1017780	Boksburg	ZA	\N	06	false	445168	-26.21197	28.25958	Africa/Johannesburg
1018725	Bloemfontein	ZA	\N	03	false	556637	-29.12107	26.214	Africa/Johannesburg
1020098	Benoni	ZA	\N	06	false	605344	-26.18848	28.32078	Africa/Johannesburg
3369157	Cape Town	ZA	\N	11	false	4772846	-33.92584	18.42322	Africa/Johannesburg
8764562	Diepsloot	ZA	\N	06	false	350000	-25.93312	28.01213	Africa/Johannesburg
897045	Solwezi	ZM	\N	06	false	301370	-12.1688	26.38938	Africa/Lusaka
901344	Ndola	ZM	\N	08	false	627503	-12.95867	28.63659	Africa/Lusaka
909137	Lusaka	ZM	\N	09	true	2212301	-15.40669	28.28713	Africa/Lusaka
911148	Kitwe	ZM	\N	08	false	665961	-12.80243	28.21323	Africa/Lusaka
918702	Chipata	ZM	\N	03	false	327059	-13.63333	32.65	Africa/Lusaka
890299	Harare	ZW	\N	10	true	1542813	-17.82772	31.05337	Africa/Harare
894701	Bulawayo	ZW	\N	09	false	665952	-20.15	28.58333	Africa/Harare
1106542	Chitungwiza	ZW	\N	10	false	371246	-18.01274	31.07555	Africa/Harare
\.
ALTER TABLE world.city_names
    ADD PRIMARY KEY (city_id, name),
    ADD FOREIGN KEY (city_id) REFERENCES world.cities;

CREATE INDEX city_names_name ON world.city_names (name);
CREATE INDEX cities_country_population ON world.cities (country_code, population DESC);
CREATE INDEX cities_population ON world.cities (population DESC);
CREATE INDEX cities_name ON world.cities (name);
CREATE INDEX cities_us_state ON world.cities (us_state_code) WHERE us_state_code IS NOT NULL;
CREATE UNIQUE INDEX cities_one_capital ON world.cities (country_code) WHERE is_capital;
CREATE INDEX countries_continent ON world.countries (continent_code);
CREATE INDEX countries_currency ON world.countries (currency_code);
CREATE INDEX country_languages_language ON world.country_languages (language_code);
CREATE INDEX country_neighbours_neighbour ON world.country_neighbours (neighbour_code);
COMMENT ON TABLE world.continents IS 'The seven continents of GeoNames.';
COMMENT ON COLUMN world.continents.code IS 'Two-letter code, such as EU. NA is North America, not "none".';
COMMENT ON COLUMN world.continents.name IS 'English name.';
COMMENT ON COLUMN world.continents.latitude IS 'Of its middle, degrees north (WGS 84).';
COMMENT ON COLUMN world.continents.longitude IS 'Of its middle, degrees east (WGS 84).';
COMMENT ON COLUMN world.continents.geoname_id IS 'Number of the place at GeoNames.';

COMMENT ON TABLE world.countries IS 'Countries and dependent territories with an ISO 3166-1 code (and Kosovo), as of today.';
COMMENT ON COLUMN world.countries.code IS 'ISO 3166-1 alpha-2 code, such as NO; the key that all other tables use.';
COMMENT ON COLUMN world.countries.iso3 IS 'ISO 3166-1 alpha-3 code, such as NOR.';
COMMENT ON COLUMN world.countries.iso_numeric IS 'ISO 3166-1 numeric code; null for Kosovo, which has none.';
COMMENT ON COLUMN world.countries.name IS 'English short name.';
COMMENT ON COLUMN world.countries.continent_code IS 'The continent it belongs to; countries on two belong to one.';
COMMENT ON COLUMN world.countries.capital IS 'Name of the capital; null where there is none. Its city: cities.is_capital.';
COMMENT ON COLUMN world.countries.population IS 'Inhabitants, latest figure known to GeoNames; years differ.';
COMMENT ON COLUMN world.countries.area_km2 IS 'Area in whole square kilometres; null below one.';
COMMENT ON COLUMN world.countries.currency_code IS 'The official currency; null in Antarctica.';
COMMENT ON COLUMN world.countries.calling_code IS 'International dialling prefix without "+", such as 47 or 1-242; null where there is none.';
COMMENT ON COLUMN world.countries.top_level_domain IS 'Internet domain with its dot, such as .no.';
COMMENT ON COLUMN world.countries.geoname_id IS 'Number of the place at GeoNames.';

COMMENT ON TABLE world.cities IS 'Cities of 15,000 inhabitants or more, and the seats of regions, as GeoNames lists them.';
COMMENT ON COLUMN world.cities.id IS 'Number of the place at GeoNames.';
COMMENT ON COLUMN world.cities.name IS 'Usual name in Latin letters; not unique. Other names: city_names.';
COMMENT ON COLUMN world.cities.country_code IS 'The country it lies in.';
COMMENT ON COLUMN world.cities.us_state_code IS 'The state, in the United States; null elsewhere.';
COMMENT ON COLUMN world.cities.admin1_code IS 'GeoNames code of the state, province or region; unique within a country only.';
COMMENT ON COLUMN world.cities.is_capital IS 'Whether it is the capital of its country; at most one per country.';
COMMENT ON COLUMN world.cities.population IS 'Inhabitants of the place itself, without its agglomeration; 0 where unknown.';
COMMENT ON COLUMN world.cities.latitude IS 'Degrees north (WGS 84).';
COMMENT ON COLUMN world.cities.longitude IS 'Degrees east (WGS 84).';
COMMENT ON COLUMN world.cities.timezone IS 'IANA time zone, such as Europe/Oslo; works with AT TIME ZONE.';

COMMENT ON TABLE world.city_names IS 'What else cities are called: other languages and scripts, old names, airport codes.';
COMMENT ON COLUMN world.city_names.city_id IS 'The city.';
COMMENT ON COLUMN world.city_names.name IS 'One of its names, in any script; several cities may share it.';
COMMENT ON TABLE world.currencies IS 'Currencies that a country uses officially.';
COMMENT ON COLUMN world.currencies.code IS 'ISO 4217 code, such as EUR.';
COMMENT ON COLUMN world.currencies.name IS 'English name without the country, such as Dollar: not unique.';

COMMENT ON TABLE world.country_languages IS 'Languages spoken in a country, ordered by their number of speakers.';
COMMENT ON COLUMN world.country_languages.country_code IS 'The country.';
COMMENT ON COLUMN world.country_languages.rank IS '1 for the language with the most speakers in the country.';
COMMENT ON COLUMN world.country_languages.language_tag IS 'BCP 47 tag, such as pt-BR or haw.';
COMMENT ON COLUMN world.country_languages.language_code IS 'ISO 639 code of the tag, such as pt: one language across countries.';

COMMENT ON TABLE world.country_neighbours IS 'Land borders; each border stands here twice, once from either side.';
COMMENT ON COLUMN world.country_neighbours.country_code IS 'A country.';
COMMENT ON COLUMN world.country_neighbours.neighbour_code IS 'A country that it borders on.';

COMMENT ON TABLE world.us_states IS 'The 50 states of the United States and the District of Columbia.';
COMMENT ON COLUMN world.us_states.code IS 'Postal code, such as CA.';
COMMENT ON COLUMN world.us_states.name IS 'English name.';
COMMENT ON COLUMN world.us_states.fips IS 'FIPS 5-2 code of two digits, with which the codes of its counties begin.';
COMMENT ON COLUMN world.us_states.geoname_id IS 'Number of the place at GeoNames.';

COMMENT ON TABLE world.us_counties IS 'Counties of the United States and what equals them, without those of the territories.';
COMMENT ON COLUMN world.us_counties.fips IS 'FIPS 6-4 code of five digits.';
COMMENT ON COLUMN world.us_counties.name IS 'Name with its kind, such as Orange County; the same in many states.';
COMMENT ON COLUMN world.us_counties.state_code IS 'The state it belongs to.';

COMMENT ON VIEW world.capitals IS 'Every capital that is among the cities, with its country.';
COMMENT ON COLUMN world.capitals.country_code IS 'The country.';
COMMENT ON COLUMN world.capitals.country IS 'Its English name.';
COMMENT ON COLUMN world.capitals.city_id IS 'The city in cities.';
COMMENT ON COLUMN world.capitals.capital IS 'Its name.';
COMMENT ON COLUMN world.capitals.population IS 'Its inhabitants, without its agglomeration.';
COMMENT ON COLUMN world.capitals.latitude IS 'Degrees north (WGS 84).';
COMMENT ON COLUMN world.capitals.longitude IS 'Degrees east (WGS 84).';
COMMENT ON COLUMN world.capitals.timezone IS 'IANA time zone.';

COMMENT ON FUNCTION world.distance_km IS 'Great-circle distance in kilometres between two points given as latitude, longitude.';
DROP TABLE world.city_names;
DROP TABLE world.us_counties;
DO $$
BEGIN
    IF to_regrole('world_reader') IS NULL THEN
        CREATE ROLE world_reader LOGIN;
    END IF;
END
$$;
REVOKE ALL ON DATABASE world FROM PUBLIC;
GRANT CONNECT ON DATABASE world TO world_reader;
GRANT USAGE ON SCHEMA world TO world_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA world TO world_reader;
ALTER ROLE world_reader IN DATABASE world SET search_path = world, public;
COMMENT ON SCHEMA world IS 'Places of the world by GeoNames (CC BY 4.0): an excerpt.';
COMMIT;
ANALYZE;
