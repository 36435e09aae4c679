/**
 * Where the area codes of the United States, their territories and Canada lie, as time zones with different clocks
 * today; the zone of most of its people first. Made by hand from the numbering plan's assignments, overlays that are
 * announced included; a code that crosses a zone's border has all its zones, whatever few people live behind it.
 */
export const AREA_CODES_BY_ZONES: Readonly<Record<string, string>> = {
  'America/New_York':
    // Connecticut, District of Columbia, Delaware, Maine, Massachusetts, Maryland, New Hampshire, Rhode Island, Vermont
    '203 475 860 959 202 771 302 207 339 351 413 508 617 774 781 857 978 227 240 301 410 443 667 603 401 802 ' +
    // Florida without its west, Georgia
    '239 305 321 324 352 386 407 561 645 656 689 727 728 754 772 786 813 863 904 941 954 ' +
    '229 404 470 478 678 706 762 770 912 943 ' +
    // Indiana's middle and east, Kentucky's east, Michigan, Tennessee's east
    '260 317 463 765 502 859 231 248 269 313 517 586 616 679 734 810 947 989 865 ' +
    // North and South Carolina, New Jersey, New York
    '252 336 472 704 743 828 910 919 980 984 803 821 839 843 854 864 201 551 609 640 732 848 856 862 908 973 ' +
    '212 315 329 332 347 363 465 516 518 585 607 624 631 646 680 716 718 838 845 914 917 929 934 ' +
    // Ohio, Pennsylvania, Virginia, West Virginia
    '216 220 234 283 326 330 380 419 436 440 513 567 614 740 937 ' +
    '215 223 267 272 412 445 484 570 582 610 717 724 814 835 878 276 434 540 571 686 703 757 804 826 948 304 681',
  // West of Chattanooga, south-east Kentucky, Indiana's north and south, the Upper Peninsula
  'America/New_York America/Chicago': '423 606 574 812 930 906',
  // Florida's Panhandle, Kentucky's west, Indiana's north-west
  'America/Chicago America/New_York': '448 850 270 364 219',
  'America/Chicago':
    // Alabama, Arkansas, Iowa, Illinois
    '205 251 256 334 659 938 327 479 501 870 319 515 563 641 712 ' +
    '217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872 ' +
    // Kansas's middle and east, Louisiana, Minnesota, Missouri, Mississippi
    '316 913 225 318 337 457 504 985 218 320 507 612 651 763 924 952 235 314 417 557 573 636 660 816 975 ' +
    '228 471 601 662 769 ' +
    // Nebraska's east, Oklahoma, Tennessee, Texas, Wisconsin
    '402 531 405 539 572 580 918 615 629 731 901 931 ' +
    '210 214 254 281 325 346 361 409 430 432 469 512 621 682 713 726 737 806 817 830 832 903 936 940 945 956 972 979 ' +
    '262 274 353 414 534 608 715 920',
  // Kansas's west, the Dakotas
  'America/Chicago America/Denver': '620 785 701 605 308',
  // El Paso, Colorado, Montana, New Mexico, Utah, Wyoming
  'America/Denver': '915 303 719 720 748 970 983 406 505 575 385 435 801 307',
  'America/Denver America/Los_Angeles': '208 986',
  'America/Phoenix': '480 520 602 623',
  // The Navajo Nation changes its clocks, the rest of Arizona does not.
  'America/Phoenix America/Denver': '928',
  'America/Los_Angeles':
    // California
    '209 213 279 310 323 341 350 357 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 738 747 ' +
    '760 805 818 820 831 837 840 858 909 916 925 949 951 ' +
    // Nevada's south, Oregon's north-west, Washington
    '702 725 503 971 206 253 360 425 509 564',
  // Wendover and Malheur County
  'America/Los_Angeles America/Denver': '775 458 541',
  'America/Anchorage America/Adak': '907',
  'Pacific/Honolulu': '808',
  'America/Puerto_Rico': '787 939 340',
  'Pacific/Guam': '671 670',
  'Pacific/Pago_Pago': '684',
  'America/St_Johns America/Halifax': '709 879',
  'America/Halifax': '506 428 902 782',
  'America/Toronto':
    '226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 905 942 263 354 438 450 468 514 579 819 873',
  // Quebec's lower North Shore and the Magdalen Islands
  'America/Toronto America/Halifax': '367 418 581',
  'America/Toronto America/Winnipeg': '807',
  'America/Winnipeg': '204 431 584',
  'America/Regina America/Edmonton': '306 474 639',
  'America/Edmonton': '368 403 587 780 825',
  'America/Vancouver': '604',
  'America/Vancouver America/Edmonton America/Dawson_Creek': '236 250 257 672 778',
  'America/Edmonton America/Whitehorse America/Toronto America/Winnipeg': '867',
}

/** Zones of the states, the District of Columbia and the territories; the zone of most of its people first. */
export const STATES_BY_ZONES: Readonly<Record<string, string>> = {
  'America/New_York': 'CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV',
  'America/New_York America/Chicago': 'FL IN KY MI',
  'America/Chicago America/New_York': 'TN',
  'America/Chicago': 'AL AR IA IL LA MN MO MS OK WI',
  'America/Chicago America/Denver': 'KS ND NE SD TX',
  'America/Denver': 'CO MT NM UT WY',
  'America/Denver America/Los_Angeles': 'ID',
  'America/Phoenix America/Denver': 'AZ',
  'America/Los_Angeles': 'CA WA',
  'America/Los_Angeles America/Denver': 'NV OR',
  'America/Anchorage America/Adak': 'AK',
  'Pacific/Honolulu': 'HI',
  'America/Puerto_Rico': 'PR VI',
  'Pacific/Guam': 'GU MP',
  'Pacific/Pago_Pago': 'AS',
}
