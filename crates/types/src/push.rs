//! What a push service shows for a message whose receiver is offline.

use crate::enums::enums;
use crate::object::object;

object! {
    /// What a push service shows for a message whose receiver is offline.
    pub struct OfflinePushConfig in "TIMOfflinePushManager.h" {
        /// Text to show.
        desc: String = "offline_push_config_desc" kTIMOfflinePushConfigDesc;
        /// Data for the receiving application.
        ext: String = "offline_push_config_ext" kTIMOfflinePushConfigExt;
        /// Whether to push at all, a `TIMOfflinePushFlag`.
        flag: u32 = "offline_push_config_flag" kTIMOfflinePushConfigFlag;
        /// What is special for iOS.
        ios_config: Box<IOSOfflinePushConfig> = "offline_push_config_ios_config" kTIMOfflinePushConfigIOSConfig;
        /// What is special for Android.
        android_config: Box<AndroidOfflinePushConfig> = "offline_push_config_android_config" kTIMOfflinePushConfigAndroidConfig;
    }
}

object! {
    /// A push on iOS.
    pub struct IOSOfflinePushConfig in "TIMOfflinePushManager.h" {
        /// Title to show.
        title: String = "ios_offline_push_config_title" kTIMIOSOfflinePushConfigTitle;
        /// File name of the sound; `push.no_sound` for none, `default` for the system's.
        sound: String = "ios_offline_push_config_sound" kTIMIOSOfflinePushConfigSound;
        /// Leave the number on the icon alone.
        ignore_badge: bool = "ios_offline_push_config_ignore_badge" kTIMIOSOfflinePushConfigIgnoreBadge;
        /// Way of the push, a `TIMIOSOfflinePushType`.
        push_type: u32 = "ios_offline_push_config_push_type" kTIMIOSOfflinePushConfigPushType;
        /// URL of a picture, `https` and up to 10 MB.
        image: String = "ios_offline_push_config_image" kTIMIOSOfflinePushConfigImage;
    }
}

object! {
    /// A push on Android.
    pub struct AndroidOfflinePushConfig in "TIMOfflinePushManager.h" {
        /// Title to show.
        title: String = "android_offline_push_config_title" kTIMAndroidOfflinePushConfigTitle;
        /// File name of the sound; `push.no_sound` for none.
        sound: String = "android_offline_push_config_sound" kTIMAndroidOfflinePushConfigSound;
        /// What a tap does, a `TIMAndroidOfflinePushNotifyMode`.
        notify_mode: u32 = "android_offline_push_config_notify_mode" kTIMAndroidOfflinePushConfigNotifyMode;
        /// Class of the message on Vivo devices; no longer used.
        vivo_classification: u32 = "android_offline_push_config_vivo_classification" kTIMAndroidOfflinePushConfigVIVOClassification;
        /// Category of the message on Vivo devices.
        vivo_category: String = "android_offline_push_config_vivo_category" kTIMAndroidOfflinePushConfigVIVOCategory;
        /// Channel on OPPO devices.
        oppo_channel_id: String = "android_offline_push_config_oppo_channel_id" kTIMAndroidOfflinePushConfigOPPOChannelID;
        /// Channel on Xiaomi devices.
        xiaomi_channel_id: String = "android_offline_push_config_xiaomi_channel_id" kTIMAndroidOfflinePushConfigXiaoMiChannelID;
        /// Channel on devices with Google's service.
        fcm_channel_id: String = "android_offline_push_config_fcm_channel_id" kTIMAndroidOfflinePushConfigFCMChannelID;
        /// Category of the message on Huawei devices.
        huawei_category: String = "android_offline_push_config_huawei_category" kTIMAndroidOfflinePushConfigHuaWeiCategory;
        /// URL of a picture on Huawei devices, `https` and up to 512 KB.
        huawei_image: String = "android_offline_push_config_huawei_image" kTIMAndroidOfflinePushConfigHuaWeiImage;
        /// URL of a picture on Honor devices, `https` and up to 100 KB.
        honor_image: String = "android_offline_push_config_honor_image" kTIMAndroidOfflinePushConfigHonorImage;
        /// URL of a picture on devices with Google's service, `https` and up to 1 MB.
        fcm_image: String = "android_offline_push_config_fcm_image" kTIMAndroidOfflinePushConfigFCMImage;
    }
}

enums! {
    /// Whether to push.
    pub enum OfflinePushFlag: TIMOfflinePushFlag in "TIMOfflinePushManager.h" {
        /// By the usual rules.
        Default = 0, kTIMOfflinePushFlag_Default;
        /// Not at all.
        NoPush = 1, kTIMOfflinePushFlag_NoPush;
    }

    /// What a tap on a push does.
    pub enum AndroidOfflinePushNotifyMode: TIMAndroidOfflinePushNotifyMode in "TIMOfflinePushManager.h" {
        /// It opens the application.
        Normal = 0, kTIMAndroidOfflinePushNotifyMode_Normal;
        /// What the application chooses.
        Custom = 1, kTIMAndroidOfflinePushNotifyMode_Custom;
    }

    /// Ways of a push on iOS.
    pub enum IosOfflinePushType: TIMIOSOfflinePushType in "TIMOfflinePushManager.h" {
        /// The usual one.
        Apns = 0, TIMIOSOfflinePushType_APNS;
        /// The one for calls.
        Voip = 1, TIMIOSOfflinePushType_VOIP;
    }
}
