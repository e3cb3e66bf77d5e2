// Made by scripts/make-taxonomy from "Audience Taxonomy 1.1.tsv" of github.com/InteractiveAdvertisingBureau/Taxonomies.
//
// The Audience Taxonomy 1.1 is by IAB Technology Laboratory, Inc., under the Creative Commons Attribution 3.0 License
// (creativecommons.org/licenses/by/3.0). Changed: ids, parents and names alone are kept, a footnote's mark is left out,
// and 10 nodes have the parent that the tiers of their row name.

extension AudienceTaxonomy {
    /// All nodes by id: `id:parent:name`, parent 0 for a root, with `|` between them. The id is left out where it is the
    /// one before it and 1.
    static let list: StaticString = """
        :0:Demographic|:1:Age Range|:2:18-20|:2:21-24|:2:25-29|:2:30-34|:2:35-39|:2:40-44|:2:45-49|:2:50-54|:2:55-59|\
        :2:60-64|:2:65-69|:2:70-74|:2:75+|:1:Education & Occupation|:16:Education (Highest Level)|\
        :17:Primary Education|:17:Secondary Education|:17:College Education|:20:Professional School|\
        :20:Postgraduate Education|:20:Undergraduate Education|:16:Employment Role|:24:Work from Home|\
        :24:Director/Managerial|:24:Homemaker / Domestic Work|:24:Office Worker|:24:Part-Time Worker|:24:Professional|\
        :24:Public Sector|:24:Retired|:24:Self Employed|:24:Shop Worker|:24:Skilled/Manual Work|:24:Student|\
        :24:Unemployed|:16:Employment Sector / Industry|:16:Employment Status|:39:Retired|:39:Student|:39:Employed|\
        :42:Part-Time|:42:Full-Time|:39:Self-Employed|:39:Unemployed / Job Seeker|:39:Unemployed|:1:Gender|:48:Female|\
        :48:Male|:48:Other Gender|:48:Unknown Gender|:1:Household Data|:53:Home Location|:54:*Country Extension|\
        :54:*Region / State Extension|:54:*City Extension|:54:*Metro / DMA Extension|:54:*Zip or postal code Extension|\
        :53:Household Income (USD)|:60:Less than $10,000|:60:$10,000-$14,999|:60:$15,000-$19,999|:60:$20000 - $39999|\
        :60:$40000 - $49999|:60:$50000 - $74999|:60:$75000 - $99999|:60:$100000 - $149999|:60:$150,000-$174,999|\
        :60:$175,000-$199,999|:60:$200,000-$249,999|:60:$250,000+|:53:Length of Residence|:73:Less Than 1 Year|\
        :73:1-3 Years|:75:1 year|:75:2 years|:75:3 years|:73:4-6 Years|:79:4 years|:79:5 years|:79:6 years|\
        :73:7+ Years|:83:7 years|:83:8 years|:83:9 years|:83:10 years|:83:11 years|:83:12 years|:83:13 years|\
        :83:14 years|:83:15 years|:53:Life Stage|:93:Other|:93:Single Generation Household|:95:Adults (no children)|\
        :93:Multi Generation Household|:97:Parents with Children|:97:Grandparents, Parents and Children|\
        :97:Grandparents with Children|:97:Empty Nest (Adults, Children left home)|:53:Median Home Value (USD)|\
        :102:$0-$99,999|:102:$100,000-$199,999|:102:$200,000-$299,999|:102:$300,000-$399,999|:102:$400,000-$499,999|\
        :102:$500,000-$599,999|:102:$600,000-$699,999|:102:$700,000-$799,999|:102:$800,000-$899,999|\
        :102:$900,000-$999,999|:102:$1,000,000+|:53:Monthly Housing Payment (USD)|:114:$0|:114:$1-$499|:114:$500-$999|\
        :114:$1,000-$1,499|:114:$1,500-$1,999|:114:$2,000-$3,000|:53:Number of Adults|:121:1 Adult|:121:2 Adults|\
        :121:3+ Adults|:53:Number of Children|:125:0 Child|:125:1 Child|:125:2 Child|:125:3+ Child|\
        :53:Number of Individuals|:130:1 person|:130:2 people|:130:3 people|:130:4 people|:130:5 people|:130:6+ People|\
        :53:Ownership|:137:Home Owners|:137:Renters|:137:Owner|:137:Renter|:137:First Time Homeowner|:53:Property Type|\
        :143:Multiple Family|:143:Single Family|:53:Urbanization|:146:Rural|:146:2K-4.9K People|:146:5K-9.9K People|\
        :146:10K-19.9K People|:146:20K-49.9K People|:146:50K-99.9K People|:146:100K-199.9K People|:146:200K-2M People|\
        :146:Over 2M+ People|:1:Language|:156:Other|:157:*Language Extension|:1:Marital Status|:159:Co-Habiting|\
        :159:Married|:159:Single|:1:Personal Finance|:163:Income (USD)|:164:$10,000-$14,999|:164:$15,000-$19,999|\
        :164:$20000 - $39999|:164:$40000 - $49999|:164:$50000 - $74999|:164:$75000 - $99999|:164:$100000 - $149999|\
        :164:$150,000-$174,999|:164:$175,000-$199,999|:164:$200,000-$249,999|:164:$250,000+|\
        :163:Personal Level Affluence (USD)|:176:Less than $10,000|:176:$10,000-$14,999|:176:$15,000-$19,999|\
        :176:$20000 - $39999|:176:$40000 - $49999|:176:$50000 - $74999|:176:$75000 - $99999|:176:$100000 - $149999|\
        :176:$150,000-$174,999|:176:$175,000-$199,999|:176:$200,000-$249,999|:176:$250,000-$500,000|\
        :176:$500,000-$1,000,000|:176:$1,000,000+|:163:Personal Level Affluence Band|:191:Negative Net Worth|\
        :191:Very Low Net Worth|:191:Low Net Worth|:191:Mid Net Worth|:191:High Net Worth|:191:Super High Net Worth|\
        206:0:Interest|:206:Academic Interests|:207:Arts and Humanities|:208:Critical Thinking|:208:Counseling|\
        :208:History|:208:Music and Art|:208:Philosophy|:207:Language Learning|:207:Life Sciences|\
        :215:Animals and Veterinary Science|:215:Bioinformatics|:215:Biology|:215:Medicine and Healthcare|\
        :215:Nutrition|:215:Clinical Science|:215:Genetics|:207:Physical Science and Engineering|\
        :223:Electrical Engineering|:223:Mechanical Engineering|:223:Chemistry|\
        :223:Environmental Science and Sustainability|:223:Research Methods|:223:Geography|:223:Geology|:223:Physics|\
        :223:Space and Astronomy|:207:Social Sciences|:233:Psychology|:233:International Relations|\
        :233:Research Paper Writing|:233:Statistics|:233:Law|:233:Critical Thinking|:233:Economics|:233:Education|\
        :233:Governance and Society|:206:Automotive|:243:Auto Buying and Selling|:243:Auto Shows|:243:Auto Technology|\
        :243:Budget Cars|:243:Car Culture|:243:Classic Cars|:243:Concept Cars|:243:Dash Cam Videos|\
        :243:Driverless Cars|:243:Green Vehicles|:243:Luxury Cars|:243:Motorcycles|:243:Performance Cars|:243:Scooters|\
        :206:Books and Literature|:258:Art and Photography Books|:258:Biographies|:258:Children's Literature|\
        :258:Comics and Graphic Novels|:258:Cookbooks|:258:Fiction|:258:Poetry|:258:Travel Books|\
        :258:Young Adult Literature|:206:Business and Finance|:268:Business|:269:Business Accounting & Finance|\
        :269:Human Resources|:269:Large Business|:269:Logistics|:269:Marketing and Advertising|:269:Sales|\
        :269:Small and Medium-sized Business|:269:Startups|:269:Business Administration|\
        :269:Business Banking & Finance|:279:Angel Investment|:279:Bankruptcy|:279:Business Loans|\
        :279:Debt Factoring & Invoice Discounting|:279:Mergers and Acquisitions|:279:Private Equity|\
        :279:Sale & Lease Back|:279:Venture Capital|:269:Business I.T.|:269:Business Operations|:269:Consumer Issues|\
        :269:Executive Leadership & Management|:269:Government Business|:269:Green Solutions|:269:Business Utilities|\
        :268:Economy|:295:Commodities|:295:Currencies|:295:Financial Crisis|:295:Financial Reform|\
        :295:Financial Regulation|:295:Gasoline Prices|:295:Housing Market|:295:Interest Rates|:295:Job Market|\
        :268:Industries|:305:Advertising Industry|:305:Education industry|:305:Entertainment Industry|\
        :305:Environmental Services Industry|:305:Financial Industry|:305:Food Industry|:305:Healthcare Industry|\
        :305:Hospitality Industry|:305:Information Services Industry|:305:Legal Services Industry|\
        :305:Logistics and Transportation Industry|:305:Agriculture|:305:Management Consulting Industry|\
        :305:Manufacturing Industry|:305:Mechanical and Industrial Engineering Industry|:305:Media Industry|\
        :305:Metals Industry|:305:Non-Profit Organizations|:305:Pharmaceutical Industry|:305:Power and Energy Industry|\
        :305:Publishing Industry|:305:Real Estate Industry|:305:Apparel Industry|:305:Retail Industry|\
        :305:Technology Industry|:305:Telecommunications Industry|:305:Automotive Industry|:305:Aviation Industry|\
        :305:Biotech and Biomedical Industry|:305:Civil Engineering Industry|:305:Construction Industry|\
        :305:Defense Industry|:206:Careers|:338:Apprenticeships|:338:Career Advice|:338:Career Planning|\
        :338:Remote Working|:338:Vocational Training|:206:Education|:344:Adult Education|:344:Language Learning|\
        :344:Online Education|:206:Family and Relationships|350:348:Parenting|352:350:Daycare and Pre-School|\
        :350:Internet Safety|:350:Parenting Babies and Toddlers|:350:Parenting Children Aged 4-11|:350:Parenting Teens|\
        359:206:Fine Art|:359:Costume|:359:Dance|:359:Design|:359:Digital Arts|:359:Fine Art Photography|\
        :359:Modern Art|:359:Opera|:359:Theater|:206:Food & Drink|:368:Alcoholic Beverages|:368:Barbecues and Grilling|\
        :368:Cooking|:368:Desserts and Baking|:368:Dining Out|:368:Food Allergies|:368:Food Movements|\
        :368:Healthy Cooking and Eating|:368:Non-Alcoholic Beverages|:368:Vegan Diets|:368:Vegetarian Diets|\
        :368:World Cuisines|:206:Health and Medical Services|:381:Health & Pharma|:382:Medical Services|\
        385:383:Health Services|:383:Health Care and Physicians|:383:Alternative and Natural Medicine|\
        :383:Cosmetic Medical Services|:383:Drugstores and Pharmacies|:383:Elder Care|:383:Vision Care|\
        :383:Dental Care|:383:Massage Therapists|:383:Physical Therapists|:383:Chiropractors|397:383:Hospitals|\
        :383:Skin Care Treatments|:383:Smoking Cessation|:383:Clinical Research|:383:Hair Loss Treatments|\
        404:383:Vaccines|406:206:Healthy Living|:406:Children's Health|:406:Fitness and Exercise|\
        :408:Participant Sports|:408:Running and Jogging|:406:Men's Health|:406:Nutrition|:406:Senior Health|\
        :406:Weight Loss|:406:Wellness|:415:Alternative Medicine|:416:Herbs and Supplements|:416:Holistic Health|\
        :415:Physical Therapy|:415:Smoking Cessation|:406:Women's Health|:206:Hobbies & Interests|\
        :422:Antiquing and Antiques|:422:Arts and Crafts|:424:Beadwork|:424:Candle and Soap Making|\
        :424:Drawing and Sketching|:424:Jewelry Making|:424:Needlework|:424:Painting|:424:Photography|\
        :424:Scrapbooking|:424:Woodworking|:422:Beekeeping|:422:Birdwatching|:422:Cigars|:422:Collecting|\
        :437:Comic Books|:437:Stamps and Coins|:422:Content Production|:440:Audio Production|:440:Freelance Writing|\
        :440:Screenwriting|:440:Video Production|:422:Games and Puzzles|:445:Board Games and Puzzles|:445:Card Games|\
        :445:Roleplaying Games|:422:Genealogy and Ancestry|:422:Magic and Illusion|:422:Model Toys|\
        :422:Musical Instruments|:422:Paranormal Phenomena|:422:Radio Control|:422:Sci-fi and Fantasy|\
        :422:Workshops and Classes|:206:Home & Garden|:457:Gardening|:457:Home Entertaining|:457:Home Improvement|\
        :457:Interior Decorating|:457:Landscaping|:457:Outdoor Decorating|:457:Remodeling & Construction|\
        :457:Smart Home|:206:Medical Health|:206:Movies|:467:Action and Adventure Movies|:467:Animation Movies|\
        :467:Comedy Movies|:467:Crime and Mystery Movies|:467:Documentary Movies|:467:Drama Movies|\
        :467:Family and Children Movies|:467:Fantasy Movies|:467:Horror Movies|:467:Indie and Arthouse Movies|\
        :467:Romance Movies|:467:Science Fiction Movies|:467:World Movies|:206:Music and Audio|\
        :481:Adult Album Alternative|:481:Adult Contemporary Music|:483:Soft AC Music|:483:Urban AC Music|\
        :481:Alternative Music|:481:Blues|:481:Children's Music|:481:Classic Hits|:481:Classical Music|\
        :481:College Radio|:481:Comedy (Music and Audio)|:481:Contemporary Hits/Pop/Top 40|:481:Country Music|\
        :481:Dance and Electronic Music|:481:Gospel Music|:481:Hip Hop Music|:481:Inspirational/New Age Music|\
        :481:Jazz|:481:Oldies/Adult Standards|:481:R&B/Soul/Funk|:481:Reggae|:481:Religious (Music and Audio)|\
        :481:Rock Music|:504:Album-oriented Rock|:504:Alternative Rock|:504:Classic Rock|:504:Hard Rock|:504:Soft Rock|\
        :481:Songwriters/Folk|:481:Soundtracks, TV and Showtunes|:481:Sports Radio|:481:Talk Radio|\
        :513:Business News Radio|:513:Educational Radio|:513:News Radio|:513:News/Talk Radio|:513:Public Radio|\
        :481:Urban Contemporary Music|:481:Variety (Music and Audio)|:481:World/International Music|\
        :206:News and Politics|:522:Crime|:522:Disasters|:522:International News|:522:Law|:522:Local News|\
        :522:National News|:522:Politics|:529:Elections|:529:Political Issues|:529:War and Conflicts|:522:Weather|\
        :206:Personal Finance|:534:Frugal Living|:534:Insurance|:534:Personal Debt|:534:Personal Investing|\
        :534:Personal Taxes|:534:Retirement Planning|:206:Pets|:541:Birds|:541:Cats|:541:Dogs|:541:Fish and Aquariums|\
        :541:Horses and Equine|:541:Large Animals|:541:Pet Adoptions|:541:Reptiles|\
        :206:Pharmaceuticals, Conditions, and Symptoms|:550:Health & Pharma|581:206:Pop Culture|:581:Humor and Satire|\
        :206:Real Estate|:583:Apartments|:583:Developmental Sites|:583:Hotel Properties|:583:Houses|\
        :583:Industrial Property|:583:Land and Farms|:583:Office Property|:583:Real Estate Buying and Selling|\
        :583:Real Estate Renting and Leasing|:583:Retail Property|:583:Vacation Properties|606:206:Shopping|\
        :206:Sports|:607:American Football|:607:Australian Rules Football|:607:Auto Racing|:610:Motorcycle Sports|\
        :607:Badminton|:607:Baseball|:607:Basketball|:607:Beach Volleyball|:607:Bodybuilding|:607:Bowling|:607:Boxing|\
        :607:Cheerleading|:607:College Sports|:620:College Football|:620:College Basketball|:620:College Baseball|\
        :607:Cricket|:607:Cycling|:607:Darts|:607:Disabled Sports|:607:Diving|:607:Equine Sports|:629:Horse Racing|\
        :607:Extreme Sports|:631:Canoeing and Kayaking|:631:Climbing|:631:Paintball|:631:Scuba Diving|\
        :631:Skateboarding|:631:Snowboarding|:631:Surfing and Bodyboarding|:631:Waterskiing and Wakeboarding|\
        :607:Fantasy Sports|:607:Field Hockey|:607:Figure Skating|:607:Fishing Sports|:607:Golf|:607:Gymnastics|\
        :607:Hunting and Shooting|:607:Ice Hockey|:607:Inline Skating|:607:Lacrosse|:607:Martial Arts|\
        :607:Olympic Sports|:651:Summer Olympic Sports|:651:Winter Olympic Sports|:607:Poker and Professional Gambling|\
        :607:Rodeo|:607:Rowing|:607:Rugby|:657:Rugby League|:657:Rugby Union|:607:Sailing|:607:Skiing|\
        :607:Snooker/Pool/Billiards|:607:Soccer|:607:Softball|:607:Sports Equipment|:607:Squash|:607:Swimming|\
        :607:Table Tennis|:607:Tennis|:607:Track and Field|:607:Volleyball|:607:Walking|:607:Water Polo|\
        :607:Weightlifting|:607:Wrestling|:206:Style & Fashion|:676:Beauty|:676:Body Art|:676:Children's Clothing|\
        :676:Designer Clothing|:676:Fashion Trends|:676:High Fashion|:676:Men's Fashion|:676:Personal Care|\
        :676:Street Style|:676:Women's Fashion|:206:Technology & Computing|:687:Artificial Intelligence|\
        :687:Augmented Reality|:687:Computing|:690:Internet|:690:Cloud Computing|:690:Web Development|:690:Web Hosting|\
        :690:Email|:690:Internet for Beginners|:690:Internet of Things|:690:IT and Internet Support|:690:Search|\
        :690:Social Networking|:690:Web Design and HTML|:690:Programming Languages|:687:Consumer Electronics|\
        :687:Robotics|:687:Virtual Reality|:206:Television|:706:Animation TV|:706:Children's TV|:706:Comedy TV|\
        :706:Drama TV|:706:Factual TV|:706:Holiday TV|:706:Music TV|:706:Reality TV|:706:Science Fiction TV|\
        :706:Soap Opera TV|:706:Special Interest TV|:706:Sports TV|:206:Travel|:719:Adventure Travel|\
        :719:Africa Travel|:719:Asia Travel|:719:Australia and Oceania Travel|:719:Beach Travel|:719:Camping|\
        :719:Day Trips|:719:Europe Travel|:719:Family Travel|:719:North America Travel|:719:Polar Travel|\
        :719:Road Trips|:719:South America Travel|:206:Video Gaming|:733:Console Games|:733:eSports|:733:Mobile Games|\
        :733:PC Games|:733:Video Game Genres|:738:Action Video Games|:738:Role-Playing Video Games|\
        :738:Simulation Video Games|:738:Sports Video Games|:738:Strategy Video Games|\
        :738:Action-Adventure Video Games|:738:Adventure Video Games|:738:Casual Games|:738:Educational Video Games|\
        :738:Exercise and Fitness Video Games|:738:MMOs|:738:Music and Party Video Games|:738:Puzzle Video Games|\
        :0:Purchase Intent|:752:Apps|:753:Auto and Vehicles Apps|:753:Books Apps|:753:Business Apps|\
        :753:Education Apps|:753:Entertainment Apps|:753:Finance Apps|:753:Food and Drink Apps|:753:Games Apps|\
        :753:Health and Fitness Apps|:753:Lifestyle Apps|:753:Magazine and Newspapers Apps|:753:Medical Apps|\
        :753:Music Apps|:753:Navigation Apps|:753:News Apps|:753:Photo and Video Apps|:753:Productivity Apps|\
        :753:Reference Apps|:753:Search Engine Apps|:753:Shopping Apps|:753:Social Networking Apps|:753:Sports Apps|\
        :753:Travel Apps|:753:Utilities Apps|:753:Weather Apps|:752:Arts and Entertainment|\
        :779:Blogs/Forums/Social Networks|:779:Culture and Fine Arts|:779:Experiences and Events|:782:Concerts|\
        :782:Theatre and Musicals|:782:Museums and Galleries|:782:Sporting Events|:782:Cinemas and Movie Events|\
        :782:Aviation Shows|:782:Fairs and Farmer's Markets|:782:Exhibitions|:782:Theme and Amusement Parks|\
        :782:Parks and Wildlife|:782:Auto Shows|:782:Nightclubs|:782:Fashion Events|:782:Comedy Events|\
        :782:Zoos and Aquariums|:782:Fan Conventions|:779:Fantasy Sports|:779:Music and Video Streaming Services|\
        :779:Online Entertainment|:779:Radio and Podcasts|:779:Ticket Services|:779:TV|:752:Automotive Ownership|\
        :805:New Vehicles|:806:Commercial Trucks|:806:Sedan|:806:Station Wagon|:806:SUV|:806:Van|:806:Convertible|\
        :806:Coupe|:806:Crossover|:806:Hatchback|:806:Microcar|:806:Minivan|:806:Off-Road Vehicles|:806:Pickup Trucks|\
        :806:Budget Cars|:806:Classic Cars|:806:Concept Cars|:806:Driverless Cars|:806:Green Vehicles|:806:Luxury Cars|\
        :806:Performance Cars|:806:Motorbikes|:806:Other Vehicles|:805:Pre-Owned Vehicles|:829:Commercial Trucks|\
        :829:Sedan|:829:Station Wagon|:829:SUV|:829:Van|:829:Convertible|:829:Coupe|:829:Crossover|:829:Hatchback|\
        :829:Microcar|:829:Minivan|:829:Off-Road Vehicles|:829:Pickup Trucks|:829:Budget Cars|:829:Classic Cars|\
        :829:Concept Cars|:829:Driverless Cars|:829:Green Vehicles|:829:Luxury Cars|:829:Performance Cars|\
        :829:Motorbikes|:829:Other Vehicles|:752:Automotive Products|:852:Automotive Care Products|\
        :852:Automotive Parts and Accessories|:854:Car Alarms|:854:Car Amplifiers|:854:Car Seats|:854:Car Speakers|\
        :854:Car Navigation Equipment|:854:Automotive Tires|:752:Automotive Services|:861:Auto Rental|\
        :861:Auto Towing and Repair|:861:Car Wash|:752:Beauty Services|:865:Beauty Salons and Tanning|:865:Hair Salons|\
        :865:Nail Salons|:865:Piercing and Tattooing|:865:Spas|:752:Business and Industrial|\
        :871:Advertising and Marketing|:871:Auctions|:871:Conferences/Events/Seminars|:871:Construction|\
        :871:Energy Industry|:876:Energy Services|:876:Oil, Gas and Consumable Fuels|:876:Electric Power Industry|\
        :871:Forestry and Logging|:871:Government|:871:Human Resources|:871:Industrial Storage|:871:Industrials|\
        :884:Aerospace and Defense|:884:Construction and Engineering|:884:Industrial Conglomerates|\
        :884:Trading Companies and Distributors|:884:Transportation|:871:Laundry and Dry Cleaning Services|\
        :871:Law Enforcement|:871:Manufacturing|:871:Material Handling|:871:Medical and Biotechnology|\
        :871:Mining and Quarrying|:871:Photographers|:871:Printing/Fax/WiFi Services|\
        :871:Public Relations and Strategic Communication|:871:Retail|:899:Cell Phone Stores|:899:Music Stores|\
        :899:Grocery Stores and Supermarkets|:899:Shopping Malls|:899:Department Stores|:899:Specialty Stores|\
        :899:Pawn Shops|:899:Factory Outlet Stores|:871:Science and Laboratory|:871:Signage|:871:Small Business|\
        :871:Telecom Services|:911:Home Internet Services|:911:Home Television Services|:911:Home Phone Services|\
        :911:Mobile Phone Plans|:911:Prepaid International Phone Services|:911:Business Telecom Services|\
        :871:Waste Disposal and Recycling|:752:Clothing and Accessories|:919:Clothing|:920:Children's Clothing|\
        :920:Men's Clothing|:920:Women's Clothing|:920:Wedding Dresses/Bridal Wear/Tuxedos|:920:Maternity Clothing|\
        :920:Underwear and Lingerie|:920:Sportswear|:919:Clothing Accessories|:919:Costumes and Accessories|\
        :919:Footwear|:919:Footwear Accessories|:919:Handbags and Wallets|:919:Jewelry and Watches|:919:Sunglasses|\
        :752:Collectables and Antiques|:935:Antiques|:935:Coins and Paper Money|:935:Collectibles|\
        :935:Entertainment Memorabilia|:935:Sports Memorabilia and Trading Cards|:935:Stamps|:752:Consumer Electronics|\
        :942:Arcade Equipment|:942:Audio|:944:CD Players|:944:Headphones|:942:Cameras and Photo|\
        :947:Camera and Photo Accessories|:947:Cameras|:942:Circuit Boards and Components|\
        :942:Communications Electronics|:942:Components|:942:Computers|:953:Laptops|:953:Desktops|:942:E-Readers|\
        :942:Electronics Accessories|:942:Home Theater Systems|:942:Marine Electronics|:942:Mobile Phone Plans|\
        :942:Mobile Phones and Accessories|:942:Networking|:942:Printers/Copiers/Scanners/Fax|:942:Security Devices|\
        :942:Tablets|:942:Televisions|:942:Video|:967:Blu-Ray Disc Players|:967:Camcorders|\
        :942:Video Game Console Accessories|:942:Video Games and Consoles|:752:Consumer Packaged Goods|:972:Edible|\
        :973:Beverages|:974:Carbonated Soft Drinks|:974:Coffee & Tea|:976:Coffee|:976:Coffee Creamer|\
        :976:Coffee Filters|:976:Tea - Bags/loose|:976:Tea - Instant Tea Mixes|:976:Tea/Coffee - Ready-to-Drink|\
        :974:Drink Mixes|:983:Cocktail Mixes|:983:Drink Mixes|:983:Liquid Drink Enhancers|\
        :983:Milk Flavoring Cocoa Mixes|:974:Juices|:988:Aseptic Juices|:988:Bottled Juices|:988:Canned Juices|\
        :988:Juice/Drink Concentrate|:974:Non-Fruit Drinks|:993:Non-Fruit Drinks|:993:Powdered Milk|\
        :974:Sports/Energy Drinks|:996:Energy Drinks|:996:Sports Drinks|:974:Water|:999:Bottled Water|:973:Frozen|\
        :1001:Frozen Baked Goods|:1002:Bread/Dough|:1002:Cookies|:1002:Pies|:1001:Frozen Beverages|\
        :1006:Coffee Creamer|:1006:Juices|:1001:Frozen Desserts|:1009:Desserts/Toppings|:1009:Ice Cream/Sherbet|\
        :1009:Novelties|:1001:Frozen Fruits & Vegetables|:1013:Corn on the Cob|:1013:Fruit|:1013:Plain Vegetables|\
        :1013:Potatoes/Onions|:1013:Prepared Vegetables|:1001:Frozen Meals|:1019:Breakfast Food|:1019:Dinners/Entrees|\
        :1019:Pasta|:1019:Pizza|:1019:Soups/Sides/Other|:1001:Frozen Meat/Poultry/Seafood|:1025:Meat|:1025:Poultry|\
        :1025:Processed Poultry|:1025:Seafood|:1001:Frozen Snacks|:1030:Appetizers/Snack Rolls|:1030:Other Snacks|\
        :1001:Other Frozen|:1033:Baby Food|:1033:Other Food|:973:General Food|:1036:Baby Food|:1037:Baby Food|\
        :1037:Baby Formula/Electrolytes|:1036:Bakery|:1040:Bagels/Bialys|:1040:Bakery Snacks|:1040:English Muffins|\
        :1040:Fresh Bread & Rolls|:1040:Pastry/Doughnuts|:1040:Pies & Cakes|:1036:Baking|:1047:Baking Cups/Paper|\
        :1047:Baking Mixes|:1047:Baking Needs|:1047:Baking Nuts|:1047:Baking Syrum/Molasses|:1047:Dessert Toppings|\
        :1047:Egg Substitute|:1047:Evaporated/Condensed Milk|:1047:Flour/Meal|:1047:Frosting|\
        :1047:Frt & Veg Preservative/Pectin|:1047:Gelatin/Pudding PRD and Mixes|:1047:Glazed Fruits|\
        :1047:Ice Cream Cones/Mixes|:1047:Marshmallows|:1047:Shortening & Oil|:1047:Spices/Seasonings|:1047:Sugar|\
        :1047:Sugar Substitutes|:1036:Breakfast|:1067:Cold cereal|:1067:Hot Cereal|:1067:Other Breakfast Foods|\
        :1067:Pancake Mixes|:1067:Syrup|:1067:Toaster Pastries/Tarts|:1036:Candy|:1074:Breath Fresheners|\
        :1074:Chocolate Candy|:1074:Gum|:1074:Non-Chocolate Candy|:1036:Condiments & Sauces|:1079:Barbeque Sauce|\
        :1079:Gravy/Sauce Mixes|:1079:Jellies/Jam/Honey|:1079:Mayonnaise|:1079:Mustard & Ketchup|:1079:Nut Butter|\
        :1079:Other Sauces|:1079:Pickles/Relish/Olives|:1079:Salad Dressing|:1079:Salad Toppings and Croutons|\
        :1079:Steak/Worcestershire Sauce|:1079:Vinegar|:1036:Cookies & Crackers|:1092:Cookies|:1092:Crackers|\
        :1036:Ethnic|:1095:Asian food|:1095:Matzoh Food|:1095:Mexican Foods|:1095:Mexican Sauce|:1036:Meals|\
        :1100:Baked Beans/Canned Bread|:1100:Breadcrumbs/Batters|:1100:Dinners|:1100:Dry Packaged Dinner Mixes|\
        :1100:Grated Cheese|:1100:Instant Potatoes|:1100:Meat|:1100:Pasta|:1100:Pizza Products|:1100:Rice|\
        :1100:Seafood|:1100:Soup|:1100:Spaghetti/Italian Sauce|:1100:Stuffing Mixes|:1036:Snacks|:1115:Dip/Dip Mixes|\
        :1115:Dried Meat Snacks|:1115:Dry Fruit Snacks|:1115:Other Snacks|:1115:Popcorn/Popcorn Oil|\
        :1115:Rice/Popcorn Cakes|:1115:Salty Snacks|:1115:Snack Bars/Granola Bars|:1115:Snack Nuts/Seeds/Corn Nuts|\
        :1036:Fruit|:1125:Canned/Bottled Fruit|:1125:Dried Fruit|:1036:Vegetables|:1128:Dry Beans/Vegetables|\
        :1128:Tomato Products|:1128:Vegetables|:973:Refrigerated|:1132:Dairy|:1133:Butter/Butter Blends|\
        :1133:Cottage Cheese|:1133:Cream Cheese/Cr Spread|:1133:Creams/Creamers|:1133:Fresh Eggs|\
        :1133:Margarine/Spreads|:1133:Milk|:1133:Natural Cheese|:1133:Processed Cheese|:1133:Sour Cream|\
        :1133:Whipped Toppings|:1133:Yogurt|:1132:Other Refrigerated|:1146:Lard|:1146:Tortilla/Eggroll/Wonton Wrap|\
        :1132:Refrigerated Baked Goods|:1149:Baked Goods|:1132:Refrigerated Beverages|:1151:Juices/Drinks|\
        :1151:Tea/Coffee|:1132:Refrigerated Condiments|:1154:Dips|:1154:Other Condiments|:1154:Pickles/Relish|\
        :1154:Salad Dressing|:1154:Spreads|:1132:Refrigerated Desserts|:1160:Cheesecakes|:1160:Desserts|\
        :1132:Refrigerated Dough|:1163:Dough/Biscuit Dough|:1163:Pizza|:1132:Refrigerated Meals|:1166:Entrees|\
        :1166:Lunches|:1166:Meat Pies|:1166:Pasta|:1166:Side Dishes|:1166:Breakfast Meats|:1166:Dinner Sausage|\
        :1166:Frankfurters|:1166:Ham|:1166:Luncheon Meats|:1166:Meat|:1166:Seafood|:972:Non-edible|:1179:Beauty|\
        :1180:Cosmetics|:1181:Storage|:1181:Eye|:1181:Facial|:1181:Lip|:1181:Cosmetics-Nail|\
        :1181:Cosmetics Accessories|:1180:Fragrance|:1188:Fragrances - Women's|:1188:Shaving Lotion/Men's Fragrance|\
        :1180:Grooming Supplies|:1191:Cotton Balls/Swabs|:1191:Electric Shaver Groomer|:1191:Hair Appliances|\
        :1191:Other Grooming Supplies|:1180:Hair Care|:1196:Hair Accessories|:1196:Hair Coloring|\
        :1196:Hair Conditioner|:1196:Hair Growth Products|:1196:Hair Spray/Spritz|:1196:Hair Styling Gel/Mousse|\
        :1196:Home Permanent/Relaxer Kits|:1196:Shampoo|:1180:Personal Cleansing|:1205:Bath Products|\
        :1205:Bath/Body Scrubbers/Massagers|:1205:Deodorant|:1205:Moist Towelettes|:1205:Soap|:1180:Shaving|\
        :1211:Blades|:1211:Razors|:1211:Shaving Cream|:1180:Skin Care|:1215:Hand & Body Lotion|:1215:Skin Care|\
        :1215:Suntan Products|:1179:General Merchandise|:1219:Automotive|:1220:Automobile Fluids/Antifreeze|\
        :1220:Automobile Waxes/Polishes|:1220:Motor Oil|:1219:Barbeque|:1224:Charcoal|:1224:Charcoal Lighter Fluids|\
        :1219:Disposable Tableware|:1227:Cups & Plates|:1227:Disposable Tableware|:1219:Electronics/Photography|\
        :1230:Batteries|:1230:Blank Audio/Video Media|:1230:Photography Supplies|:1219:Foils, Wraps, & Bags|\
        :1234:Foil Pans|:1234:Foils & Wraps|:1234:Food & Trash Bags|:1219:Hosiery|:1238:Pantyhose/Nylons|:1238:Socks|\
        :1238:Tights|:1219:Household/Plastics/Storage|:1242:Bottles|:1242:Drinkware|:1242:Household Plastics|\
        :1242:Kitchen Storage|:1242:Soap Dishes|:1219:Miscellaneous General Merch|:1248:Candles|:1248:Cloth Dye|\
        :1248:Culinary|:1248:Firelog/Firestarter/Firewood|:1248:Flashlights|:1248:Frozen & Dry Ice|:1248:Gloves|\
        :1248:Household Lubricants|:1248:Ice Substitute|:1248:Light Bulbs|:1248:Lighters|:1248:Matches|\
        :1248:Outdoor/Lawn Fertilizer/Weed Killer|:1248:Playing Cards|:1248:Pool/Spa Chemicals|\
        :1248:Shoe Polish & Accessories|:1248:Vacuum Bags/Belts|:1219:Office/School Supplies|\
        :1266:Children's Art Supplies|:1266:Computer Disks Frmtd/UnFrmtd|:1266:Office Products|\
        :1266:Writing Instruments|:1219:Paper Products|:1271:Facial Tissue|:1271:Paper Napkins|:1271:Paper Towels|\
        :1271:Toilet Tissue|:1219:Pest Control|:1276:Outdoor Insect/Rodent Control Chem|:1276:Pest Control|\
        :1219:Pet Care|:1279:Cat/Dog Litter|:1279:Pet Food|:1279:Pet Supplies|:1279:Pet Treats|:1219:Water Treatment|\
        :1284:Water Filter/Devices|:1284:Water Softeners/Treatment|:1179:Household Appliances|:1287:Air Conditioners|\
        :1287:Air Purifiers|:1287:Blenders|:1287:Breadmakers|:1287:Coffee Grinders|:1287:Coffee Makers|\
        :1287:Deep Fryers|:1287:Dehumidifiers|:1287:Dishwashers|:1287:Espresso Machines|:1287:Fans|\
        :1287:Food Processors|:1287:Freezers|:1287:Heaters|:1287:Humidifiers|:1287:Ice Cream Makers|:1287:Juicers|\
        :1287:Microwave Ovens|:1287:Mixers|:1287:Ovens|:1287:Ranges|:1287:Refrigerators|:1287:Sandwich Makers|\
        :1287:Tea Kettles|:1287:Toasters|:1287:Vacuums|:1287:Washers and Dryers|:1179:Home Care|:1315:Air Fresheners|\
        :1315:Household Cleaning|:1317:Cleaning Tools/Mops/Brooms|:1317:Dish Detergent|\
        :1317:Floor Cleaners/Wax Removers|:1317:Furniture Polish|:1317:Household Cleaner|\
        :1317:Household Cleaner Cloths|:1317:Multi Task Sheets|:1317:Rug/Upholstery/Fabric Treatment|\
        :1317:Sponges & Scouring Pads|:1315:Laundry|:1327:Bleach|:1327:Fabric Softener|:1327:Laundry Care|\
        :1327:Laundry Detergent|:1179:Home and Garden Products|:1332:Bathroom Accessories|:1332:Home Decor|\
        :1332:Bedroom Furniture and Accessories|:1332:Fireplaces|:1332:Kitchen and Dining Products|\
        :1332:Lawn and Garden Products|:1332:Lighting|:1332:Linens and Bedding|:1332:Plants|:1332:Housewares|\
        :1332:Carpets and Rugs|:1179:Religious Items|:1179:Back to School Supplies|:1179:Baby and Toddler Products|\
        :1346:Baby Bath and Potty Products|:1346:Baby Gift Sets|:1346:Baby Toys and Activity Equipment|:1346:Diapers|\
        :1346:Baby Safety Products|:1346:Nursing and Feeding Products|:1346:Baby Bouncers and Rockers|\
        :1346:Baby Carriers|:1346:High Chairs and Boosters|:1346:Strollers and Joggers|:1179:Media|\
        :1357:Magazines and Newspapers|:1357:DVDs|:1357:Books and Audio Books|:1357:CDs and Vinyl Records|\
        :1179:Toys and Games|:1362:Games|:1362:Outdoor Play Equipment|:1362:Puzzles|:1362:Toys|:1179:Luggage and Bags|\
        :752:Education and Careers|:1368:Adult Education|:1368:Career Improvement and Advice|\
        :1368:Colleges and Universities|:1368:Employment Agencies|:1368:Language Learning|:1368:Online Education|\
        :1368:Study Skills|:1368:Teaching Resources|:752:Family and Parenting|:1377:Childcare|:1378:Day Care Centers|\
        :1378:Nanny Services|:1377:Genealogy and Family Trees|:1377:Kids Activities|:752:Finance and Insurance|\
        :1383:Accountants|:1383:Banking|:1383:Bookkeepers|:1383:Credit and Debt Repair/Credit Reporting|\
        :1383:Credit Cards|:1383:Insurance|:1389:Auto Insurance|:1389:Home Insurance|:1389:Life Insurance|\
        :1389:Medical Insurance|:1383:Mortgage Lenders and Brokers|:1383:Payday and Emergency Loans|\
        :1383:Retirement Planning|:1383:Stocks and Investments|:1383:Student Financial Aid|\
        :1383:Tax Preparation Services|:752:Food and Beverage Services|:1400:Bakeries|:1400:Bars|:1400:Catering|\
        :1400:Fast Food|:1400:Food Delivery Services|:1400:Restaurants|:752:Furniture|:1407:Baby and Toddler Furniture|\
        :1407:BBQ/Grills/Outdoor Dining|:1407:Beds and Accessories|:1407:Benches|:1407:Cabinets and Storage|\
        :1407:Chairs|:1407:Entertainment Centers and TV Stands|:1407:Furniture Sets|:1407:Outdoor Furniture|\
        :1407:Shelving|:1407:Sofas|:1407:Tables|:752:Gifts and Holiday Items|:1420:Flowers|:1420:Gift Baskets|\
        :1420:Gift Cards and Coupons|:1420:Gift Certificates|:1420:Greeting Cards|:1420:Holiday and Ethnic Items|\
        :1420:Party Goods|:752:Hardware Supplies|:1428:Agriculture and Farming Equipment|:1428:Building Materials|\
        :1428:Building Products|:1428:Building Supplies|:1428:Carpentry Supplies|:1428:Electrical Equipment|\
        :1428:Fencing and Barriers|:1428:Fuel Containers and Tanks|:1428:Hardware Accessories|:1428:Hardware Pumps|\
        :1428:Heating/Ventilation/Air Conditioning|:1428:Locks and Keys|:1428:Machinery|:1428:Plumbing Supplies|\
        :1428:Power and Electrical Supplies|:1428:Small Engines|:1428:Storage Tanks|:1428:Tools|\
        :1428:Work Safety Protective Gear|:752:Health and Medical Services|:1448:Alternative and Natural Medicine|\
        1451:1448:Chiropractors|:1448:Clinical Research|:1448:Cosmetic Medical Services|:1448:Dental Care|\
        :1448:Drugstores and Pharmacies|:1448:Elder Care|1458:1448:Hair Loss Treatments|\
        :1448:Health Care and Physicians|:1448:Health Services|:1448:Hospitals|:1448:Massage Therapists|\
        1465:1448:Physical Therapists|:1448:Skin Care Treatments|:1448:Smoking Cessation|1469:1448:Vaccines|\
        :1448:Vision Care|:752:Hobbies and Interests|:1471:Arts and Crafts|:1471:Musical Instruments and Accessories|\
        :1471:Psychics and Astrology|:1471:Workshops and Classes|:752:Home and Garden Services|:1476:Appliance Repair|\
        :1476:Business and Home Security Services|:1476:Carpeting and Flooring Services|:1476:Emergency Preparedness|\
        :1476:Flood, Fire and Gas Safety|:1476:Gas and Electric Services|:1476:Home Improvement and Repair|\
        :1476:Housekeeping Services|:1476:Landscaping Services|:1476:Lawn and Garden Services|:1476:Pest Exterminators|\
        :1476:Plumbers|:1476:Pool and Spa Installation and Maintenance|:1476:Remodeling and Construction|\
        :1476:Water Services|:1476:Window Installation and Treatments|:752:Legal Services|:1493:Attorneys|\
        :1493:Bail Bonds|:752:Life Events|:1496:Anniversary|:1496:Baby Showers|:1496:Bachelor and Bachelorette Parties|\
        :1496:Birthdays|:1496:Births|:1496:Funeral Supplies and Services|:1496:Graduations|:1496:Proms|\
        :1496:Wedding Services and Supplies|:752:Logistics and Delivery|:1506:Shipping Services|\
        :1506:Storage Facilities|1538:752:Non-Profits|:1538:Charities and Donations|:1538:Civic Organizations|\
        :1538:Federations and Professional Associations|:1538:Military Organizations|:1538:NGOs|:1538:PSAs|\
        1546:752:Office Equipment and Supplies|:1546:Office Furniture|:1546:Stationery|:752:Pet Services|\
        :1549:Pet Breeders|:1549:Pet Grooming|:1549:Pet Sitting|:1549:Pet Stores|:1549:Veterinary Services|\
        :752:Pharmaceuticals, Conditions, and Symptoms|1585:752:Real Estate|:1585:Commercial Real Estate|\
        :1585:Real Estate Rentals|:1585:Real Estate Sales|:1585:Real Estate Services For Owners|\
        :1585:Residential Real Estate|:752:Recreation and Fitness Activities|:1591:Dance Studios|\
        :1591:Gyms and Health Clubs|:1591:Participant Sports Leagues|:1591:Personal Trainers|\
        :1591:Self Defense and Martial Arts Classes|:1591:Swimming Facilities|:1591:Yoga Studios|:752:Software|\
        :1599:Computer Software|:1600:3-D Graphics|:1600:Photo Editing Software|:1600:Shareware and Freeware|\
        :1600:Video Software|:1600:Web Conferencing|:1600:Antivirus Software|:1600:Browsers|:1600:Computer Animation|\
        :1600:Databases|:1600:Desktop Publishing|:1600:Digital Audio|:1600:Graphics Software|:1600:Operating Systems|\
        :1600:Productivity Software|:1600:Messaging Software|:1600:Gaming Software|:1599:Digital Goods and Currency|\
        :752:Sporting Goods|:1618:Athletics Equipment|:1619:Baseball and Softball Equipment|:1619:Basketball Equipment|\
        :1619:Boxing and Martial Arts Equipment|:1619:Figure Skating and Hockey Equipment|:1619:Football Equipment|\
        :1619:General Purpose Athletic Equipment|:1619:Gymnastics Equipment|:1619:Soccer Equipment|\
        :1619:Tennis Equipment|:1619:Track and Field Equipment|:1619:Volleyball Equipment|:1619:Water Polo Equipment|\
        :1619:Wrestling Equipment|:1618:Exercise and Fitness Equipment|:1618:Indoor Games Equipment|\
        :1618:Outdoor Recreation Equipment|:1635:Boating and Water Sports Equipment|:1635:Camping and Hiking Equipment|\
        :1635:Climbing Equipment|:1635:Bicycles and Cycling Equipment|:1635:Equestrian Equipment|\
        :1635:Fishing Equipment|:1635:Golf Equipment|:1635:Hang Gliding and Skydiving Equipment|\
        :1635:Hunting and Shooting Equipment|:1635:Inline and Roller Skating Equipment|:1635:Outdoor Games Equipment|\
        :1635:Skateboards and Accessories|:1635:Winter Sports Equipment|:752:Travel and Tourism|:1649:Adventure Travel|\
        :1649:Air Travel|:1649:Auto Rental|:1649:Beach Travel|:1649:Bed and Breakfasts|:1649:Budget Travel|\
        :1649:Business Travel|:1656:Taxi Services|:1656:Ride-sharing Services|:1649:Camping|:1649:Coach Travel|\
        :1649:Cruise Travel|:1649:Day Trips|:1649:Family Travel|:1649:Ferry Travel|:1649:Honeymoons and Getaways|\
        :1649:Hotels and Resorts|:1649:Motels|:1649:Passenger Transportation|:1649:Rail Travel|:1649:Road Trips|\
        :1649:Sightseeing Tours and Activities|:1649:Spas|:1649:Timeshares|\
        :1649:Travel Agents and Online Travel Services|:1649:Travel Insurance|:752:Web Services|:1676:Domain Services|\
        :1676:Internet Providers|:1676:Web Hosting and Cloud Computing
        """
}
